/**
 * Whether digits are a national code: ten of a person, eleven of a company. Both end in a check digit; the rules are
 * those of Iran's civil registry (mod 11 by place) and of the registry of companies (mod 11 with the tens digit added).
 */
export function isNationalCode(code: string): boolean {
  if (/^\d{10}$/.test(code)) return isPersonal(code);
  return /^\d{11}$/.test(code) && isCompany(code);
}

const digitsOf = (code: string) => [...code].map(Number);

function isPersonal(code: string): boolean {
  if (/^(\d)\1{9}$/.test(code)) return false;
  const digits = digitsOf(code);
  const rest = digits.slice(0, 9).reduce((sum, digit, at) => sum + digit * (10 - at), 0) % 11;
  return digits[9] === (rest < 2 ? rest : 11 - rest);
}

const companyWeights = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17];

function isCompany(code: string): boolean {
  const digits = digitsOf(code);
  const tens = (digits[9] ?? 0) + 2;
  const sum = companyWeights.reduce((total, weight, at) => total + ((digits[at] ?? 0) + tens) * weight, 0);
  return (sum % 11) % 10 === digits[10];
}
