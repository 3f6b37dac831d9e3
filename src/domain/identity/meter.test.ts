import { createMeter, type MeterRates, payerAt, payerOf } from './meter.ts';

const rate = { points: 10, seconds: 10 };
const rates: MeterRates = { address: rate, account: rate, organization: rate };

/** A meter, and what it spends: the limit's name, the key, the points. */
function openMeter() {
  const spent: [string, string, number][] = [];
  const meter = createMeter(async ({ name }, key, points) => {
    spent.push([name, key, points]);
  }, rates);
  return { meter, spent };
}

const viewer = { organizationId: 'o', clientIds: null, email: null, role: 'ANALYST' } as const;
const serviceToken = {
  ...{ id: 't', name: '', scopes: [], allowsQueryString: false },
  expiresAt: new Date(),
};

test('who is not signed in pays by requests, for an address', async () => {
  const { meter, spent } = openMeter();
  await meter.admit(payerAt('192.0.2.1'));
  await meter.charge(payerAt('192.0.2.1'), 500);
  expect(spent).toEqual([['address', '192.0.2.1', 1]]);
});

test('a user and a service token pay by what is asked, and their organization with them', async () => {
  const { meter, spent } = openMeter();
  await meter.admit(payerOf({ ...viewer, userId: 'u' }));
  await meter.charge(payerOf({ ...viewer, userId: null, serviceToken }), 500);
  expect(spent).toEqual([
    ['account', 'u', 1],
    ['organization', 'o', 1],
    ['account', 't', 500],
    ['organization', 'o', 500],
  ]);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [null, 'unknown'],
])('the address %s counts as %s', (ip, address) => {
  expect(payerAt(ip)).toEqual({ address });
});
