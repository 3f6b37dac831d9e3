import { existsSync, readFileSync } from 'node:fs';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IConfigMap, ISecret, IService } from 'kubernetes-models/v1';
import { parse } from 'yaml';
import { imageSettings, pinned } from './image.ts';
import { problemsOf } from './manifest-problems.ts';
import { adapter, files, kustomization, manifests, ofKind, workloads } from './manifests.ts';
import { checkSettings } from './settings.ts';

type Labels = Record<string, string>;
const matches = (selector: Labels = {}, labels: Labels = {}) =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);
const selected = (selector?: Labels) => workloads.filter(({ labels }) => matches(selector, labels));

const maps = Object.fromEntries(
  ofKind<IConfigMap>('ConfigMap').map(({ metadata, data }) => [metadata.name, data ?? {}]),
);
const secrets = Object.fromEntries(
  ofKind<ISecret>('Secret').map(({ metadata, stringData }) => [metadata.name, stringData ?? {}]),
);
const processes = workloads.filter(({ container }) => container.ports);
const byName = <T extends { name: string }>(items: T[]) => items.map((i) => [i.name, i] as const);

describe('the manifests', () => {
  it.each(manifests.map((m) => [`${m.kind} ${m.metadata.name}`, m] as const))(
    '%s is as Kubernetes wants it',
    async (_, manifest) => expect(await problemsOf(manifest)).toEqual([]),
  );

  it('would be caught misspelling', async () => {
    const deployment = ofKind<{ spec: object }>('Deployment')[0];
    if (!deployment) throw new Error('no Deployment');
    const misspelt = { ...deployment, spec: { ...deployment.spec, replicaz: 1, paused: 'no' } };
    expect(await problemsOf(misspelt)).toEqual([
      '/spec/paused: type {"type":"boolean"}',
      '/spec/replicaz: unknown',
    ]);
  });

  it('are all applied, but for the example', () => {
    expect([...kustomization.resources, 'secret.example.yaml'].sort()).toEqual(files.sort());
    expect(ofKind('Namespace')[0]?.metadata.name).toBe(kustomization.namespace);
  });

  it('run the image that docker-compose.yml builds', () => {
    const [{ name, newName, newTag }] = kustomization.images;
    const compose = parse(readFileSync('docker-compose.yml', 'utf8'));
    expect(workloads.map(({ container }) => container.image)).toEqual(workloads.map(() => name));
    expect(compose['x-process'].image).toBe(`${name}:${newTag}`);
    expect(`${newName}:${newTag}`).toMatch(pinned);
  });
});

describe.each(byName(workloads))('%s', (name, { pod, container }) => {
  it('is given settings that exist and suffice, and a program', () => {
    const sources = (container.envFrom ?? []).map(({ configMapRef, secretRef }) => {
      const source = configMapRef ? maps[configMapRef.name ?? ''] : secrets[secretRef?.name ?? ''];
      if (!source) throw new Error(`no ${JSON.stringify({ configMapRef, secretRef })}`);
      return source;
    });
    const given = Object.assign({}, ...sources);
    expect(checkSettings(given)).toEqual([]);
    expect('DATABASE_OWNER_URL' in given).toBe(name === 'migrate');
    const program = container.args?.find((each) => each.endsWith('.js')) ?? '';
    expect(existsSync(program.replace('dist/', '').replace('.js', '.ts'))).toBe(true);
  });

  it('can do nothing but its work', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources?.limits?.memory).toBeDefined();
  });
});

describe.each(byName(processes))('%s, long-lived,', (_, { pod, container }) => {
  it('is probed and scraped where it answers', () => {
    const ports = Object.fromEntries(
      container.ports?.map((p) => [p.name, String(p.containerPort)]) ?? [],
    );
    expect(ports.internal).toBe(imageSettings.INTERNAL_PORT);
    if (ports.http) expect(ports.http).toBe(imageSettings.PORT);
    const probe = (path: string) => ({ httpGet: { path, port: 'internal' } });
    expect(container).toMatchObject({
      startupProbe: probe('/healthz'),
      livenessProbe: probe('/healthz'),
      readinessProbe: probe('/readyz'),
    });
  });

  it('is left the time to stop', () => {
    const pauseMs = (container.lifecycle?.preStop?.sleep?.seconds ?? 0) * 1000;
    const stopMs = 2 * Number(maps.mediagraph?.SHUTDOWN_MS);
    expect((pod.terminationGracePeriodSeconds ?? 0) * 1000).toBeGreaterThanOrEqual(
      pauseMs + stopMs,
    );
  });
});

describe('what points at the pods', () => {
  it.each(byName(ofKind<IDeployment>('Deployment').map((d) => ({ name: d.metadata.name, ...d }))))(
    'Deployment %s: finds its own',
    (name, { spec }) => {
      const template = spec?.template;
      expect(selected(spec?.selector.matchLabels).map((w) => w.name)).toEqual([name]);
      expect(template?.metadata?.annotations?.['prometheus.io/port']).toBe(
        imageSettings.INTERNAL_PORT,
      );
      for (const { labelSelector } of template?.spec?.topologySpreadConstraints ?? []) {
        expect(labelSelector?.matchLabels).toEqual(spec?.selector.matchLabels);
      }
    },
  );

  it('Service and PodDisruptionBudget find the server', () => {
    const [service] = ofKind<IService>('Service');
    const [budget] = ofKind<IPodDisruptionBudget>('PodDisruptionBudget');
    expect(selected(service?.spec?.selector).map((w) => w.name)).toEqual(['server']);
    expect(selected(budget?.spec?.selector?.matchLabels).map((w) => w.name)).toEqual(['server']);
    expect(service?.spec?.ports?.map((port) => port.targetPort)).toEqual(['http']);
  });

  it('each Deployment is scaled, the worker by what the adapter provides', () => {
    const scalers = ofKind<IHorizontalPodAutoscaler>('HorizontalPodAutoscaler');
    const targets = scalers.map(({ spec }) => spec?.scaleTargetRef.name);
    expect(targets).toEqual(ofKind('Deployment').map(({ metadata }) => metadata.name));
    const external = scalers
      .flatMap(({ spec }) => spec?.metrics ?? [])
      .flatMap((m) => m.external ?? []);
    const [{ seriesQuery }] = adapter.rules.external;
    expect(external.map(({ metric }) => metric.name)).toEqual([seriesQuery.split('{')[0]]);
  });

  it('only the monitoring namespace reaches the internal port', () => {
    const policies = ofKind<INetworkPolicy>('NetworkPolicy');
    for (const { name, container } of processes) {
      const rules = policies
        .filter(({ spec }) => selected(spec?.podSelector?.matchLabels).some((w) => w.name === name))
        .flatMap(({ spec }) => spec?.ingress ?? []);
      const open = rules.filter(({ from }) => !from).flatMap(({ ports }) => ports ?? [{}]);
      const watched = rules.filter(({ from }) => from).flatMap(({ ports }) => ports ?? [{}]);
      expect(watched.map(({ port }) => port)).toEqual(['internal']);
      expect(open.map(({ port }) => port)).toEqual(
        (container.ports ?? []).map((p) => p.name).filter((port) => port !== 'internal'),
      );
    }
  });
});
