import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Agency } from './agency.ts';
import { compiled } from './installation.ts';
import { testServices } from './test-services.ts';

export interface Ended {
  status: number;
  /** What it printed, for people and for programs, then what it said was wrong. */
  output: string;
  stdout: string;
}

/** Run a program of the project to its end, with nothing of this process's environment but what makes it start. */
export function run(script: string, args: string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
    const options = { env: { PATH, NODE_COMPILE_CACHE, ...env }, timeout: 170_000 };
    const file = fileURLToPath(compiled(script));
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      const status = error ? Number(error.code ?? -1) : 0;
      resolve({ status, stdout, output: stdout + stderr });
    });
  });
}

/** The settings with which an operator reaches an agency's installation. */
export function operatorEnv(agency: Agency): Record<string, string> {
  return {
    ...testServices.secrets,
    DATABASE_URL: agency.urls.serverUrl,
    DATABASE_OWNER_URL: agency.urls.ownerUrl,
    REDIS_URL: agency.redis?.url ?? '',
    S3_BUCKET: agency.s3.bucket,
    S3_ENDPOINT: agency.s3.endpoint,
    S3_ACCESS_KEY_ID: agency.s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: agency.s3.secretAccessKey,
  };
}
