import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import { parse, parseAllDocuments } from 'yaml';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

const folder = 'deploy/kubernetes';
/** Read by kustomize and by Helm, not by Kubernetes. */
const others = ['kustomization.yaml', 'prometheus-adapter.yaml'];

export const files = readdirSync(folder).filter((file) => !others.includes(file));

export const [kustomization, adapter] = others.map((file) =>
  parse(readFileSync(join(folder, file), 'utf8')),
);

/** Every manifest of the folder, the example of the secrets included. */
export const manifests: Manifest[] = files.flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS()),
);

/** The manifests of one kind. @param T what Kubernetes' types call it. */
export function ofKind<T>(kind: string): (T & Manifest)[] {
  return manifests.filter((manifest) => manifest.kind === kind) as (T & Manifest)[];
}

/** What starts pods of ours: name, their template, and its only container. */
export const workloads = [...ofKind<IDeployment>('Deployment'), ...ofKind<IJob>('Job')].map(
  ({ metadata, spec }) => {
    const pod = spec?.template.spec;
    const [container] = pod?.containers ?? [];
    if (!pod || !container) throw new Error(`${metadata.name} has no container`);
    return { name: metadata.name, labels: spec.template.metadata?.labels ?? {}, pod, container };
  },
);
