import { Webhook } from 'standardwebhooks';
import { generateSecret, signWith } from './webhook-secret.ts';

const timestamp = Math.floor(Date.now() / 1000);
const message = { id: 'msg_1', timestamp, body: '{"type":"test","text":"Grüße, 北京 🙂"}' };
const headersOf = (signature: string) => ({
  'webhook-id': message.id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signature,
});

test('what is signed is verified by others, with either secret while one replaces the other', () => {
  const [first, second, third] = [generateSecret(), generateSecret(), generateSecret()];
  const headers = headersOf(signWith([first, second], message));
  for (const secret of [first, second]) {
    expect(new Webhook(secret).verify(message.body, headers)).toEqual(JSON.parse(message.body));
  }
  expect(() => new Webhook(third).verify(message.body, headers)).toThrow('No matching signature');
  expect(() => new Webhook(first).verify(`${message.body} `, headers)).toThrow('No matching');
  const other = { ...headers, 'webhook-id': 'msg_2' };
  expect(() => new Webhook(first).verify(message.body, other)).toThrow('No matching');
});

test('the signature is that of the specification', () => {
  // Its own example.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signed = {
    ...{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330 },
    body: '{"test": 2432232314}',
  };
  expect(signWith([secret], signed)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
