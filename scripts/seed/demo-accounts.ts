/** The accounts of the demo; they exist only in an installation that was empty when it was first started. */
export const demoAccounts = [
  {
    kind: 'user',
    phone: '+989120000001',
    national: '0912 000 0001',
    password: 'stayler-demo-user',
    name: 'سارا',
  },
  {
    kind: 'vendor',
    phone: '+989120000002',
    national: '0912 000 0002',
    password: 'stayler-demo-shop',
    name: 'خانهٔ نقش',
  },
  {
    kind: 'vendor',
    phone: '+989120000003',
    national: '0912 000 0003',
    password: 'stayler-demo-salon',
    name: 'سالن رنگین',
  },
  {
    kind: 'vendor',
    phone: '+989120000004',
    national: '0912 000 0004',
    password: 'stayler-demo-atelier',
    name: 'آتلیهٔ سپیدار',
  },
] as const;
