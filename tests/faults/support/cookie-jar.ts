/** Keeps the cookies that answers set, as a browser does. */
export function cookieJar() {
  const kept = new Map<string, string>();
  return {
    cookie: () => [...kept].map(([name, value]) => `${name}=${value}`).join('; '),
    keep(response: Response): void {
      for (const one of response.headers.getSetCookie()) {
        const [name = '', value = ''] = one.split(';', 1)[0]?.split(/=(.*)/s) ?? [];
        if (value) kept.set(name, value);
        else kept.delete(name);
      }
    },
  };
}
