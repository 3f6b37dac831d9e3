import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput } from '../errors.ts';
import type { BucketKey } from '../feed/object-store.ts';
import { checkSecret } from './check-credential.ts';
import type { PlatformCredential } from './platform-credential.entity.ts';

/** @throws {DomainError} BAD_USER_INPUT. */
export function checkBucketKey({
  accessKeyId,
  secretAccessKey,
  region,
  endpoint,
}: BucketKey): BucketKey {
  if (!/^\w{4,128}$/.test(accessKeyId)) {
    throw badInput('An access key id has 4 to 128 letters and digits.', 'accessKeyId');
  }
  if (!/^[a-z0-9-]{2,40}$/.test(region)) {
    throw badInput('Give a region such as us-east-1.', 'region');
  }
  return {
    accessKeyId,
    secretAccessKey: checkSecret(secretAccessKey),
    region,
    endpoint: endpoint && checkEndpoint(endpoint),
  };
}

function checkEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const isOrigin = url && `${url.origin}/` === url.href && /^https?:$/.test(url.protocol);
  if (!isOrigin || endpoint.length > 300) {
    throw badInput('An endpoint is an address such as https://s3.example.com.', 'endpoint');
  }
  return url.origin;
}

export function sealBucketKey(cipher: Pick<FieldCipher, 'encrypt'>, key: BucketKey): string {
  return cipher.encrypt(JSON.stringify(key));
}

export function openBucketKey(
  cipher: Pick<FieldCipher, 'decrypt'>,
  { secretCiphertext }: Pick<PlatformCredential, 'secretCiphertext'>,
): BucketKey {
  return JSON.parse(cipher.decrypt(secretCiphertext)) as BucketKey;
}
