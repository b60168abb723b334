// Holds the manifests in deploy/ against schemas, each other and the documentation. Says everything that is wrong; exit code 1 then.
'use strict';
const fs = require('fs');
const path = require('path');
const YAML = require('yaml');

const problems = [];
const wrong = (file, what) => problems.push(`${file}: ${what}`);
const read = (file) => fs.readFileSync(file, 'utf8');

function files(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? files(name) : [name];
  });
}

function documents(file) {
  return YAML.parseAllDocuments(read(file)).flatMap((document) => {
    for (const error of [...document.errors, ...document.warnings]) wrong(file, error.message);
    return document.errors.length ? [] : [document.toJS()];
  });
}

function walk(value, visit, key = '') {
  visit(value, key);
  if (Array.isArray(value)) value.forEach((item) => walk(item, visit, key));
  else if (value && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) walk(item, visit, name);
  }
}

// --- Settings: every name that a manifest sets stands in docs/configuration.md -------------------------------------------------
const configuration = read('docs/configuration.md');

// Names in the tables, with <name> for any part, and their prefixes as the sections give them.
const documented = [...configuration.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
const prefixes = ['', ...[...configuration.matchAll(/^Prefix `([^`]+)`/gm)].map((match) => match[1])];

function known(setting) {
  return prefixes.some((prefix) =>
    documented.some((name) => {
      const pattern = (prefix + name)
        .split(/<[^>]+>/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^.]+');
      return new RegExp(`^${pattern}$`).test(setting);
    }),
  );
}

// An environment variable is known when some documented name becomes it.
function knownVariable(variable) {
  return prefixes.some((prefix) =>
    documented.some((name) => {
      const pattern = (prefix + name)
        .split(/<[^>]+>/)
        .map((part) => part.toUpperCase().replace(/[^A-Z0-9]/g, '_'))
        .join('[A-Z0-9]+');
      return new RegExp(`^${pattern}$`).test(variable);
    }),
  );
}

function settingsIn(file, text) {
  let count = 0;
  for (const line of text.split('\n')) {
    const match = line.match(/^\s*([A-Za-z][\w."-]*)\s*=/);
    if (!match) continue;
    count++;
    if (!known(match[1])) wrong(file, `the setting ${match[1]} is not in docs/configuration.md`);
  }
  return count;
}

function variableIn(file, name) {
  if (!knownVariable(name)) wrong(file, `the variable ${name} is not in docs/configuration.md`);
}

// --- Kubernetes ------------------------------------------------------------------------------------------------------------------
const kubernetes = 'deploy/kubernetes';
const handbook = read(`${kubernetes}/README.md`);

function model(apiVersion, kind) {
  try {
    return require(`kubernetes-models/${apiVersion}`)[kind];
  } catch {
    return undefined;
  }
}

function validate(file, object) {
  const Model = model(object.apiVersion, object.kind);
  if (!Model) return wrong(file, `no schema for ${object.apiVersion} ${object.kind}`);
  try {
    new Model(object).validate();
  } catch (e) {
    wrong(file, `${object.kind} ${object.metadata?.name}: ${e.message}`);
  }
}

function isPatch(file) {
  return file.includes('/overlays/');
}

// What a container must not be allowed, whatever the schema permits.
function confined(file, object) {
  const pod = object.spec?.template?.spec;
  if (!pod || isPatch(file)) return;
  const security = pod.securityContext ?? {};
  if (security.runAsNonRoot !== true || !(security.runAsUser >= 10000)) wrong(file, `${object.kind}: runs as root or as a person`);
  if (security.seccompProfile?.type !== 'RuntimeDefault') wrong(file, `${object.kind}: no seccomp profile`);
  if (pod.automountServiceAccountToken !== false) wrong(file, `${object.kind}: has a service account's token`);
  for (const container of pod.containers) {
    const context = container.securityContext ?? {};
    if (context.readOnlyRootFilesystem !== true) wrong(file, `${container.name}: its root can be written`);
    if (context.allowPrivilegeEscalation !== false) wrong(file, `${container.name}: may gain privileges`);
    if (!context.capabilities?.drop?.includes('ALL')) wrong(file, `${container.name}: keeps capabilities`);
    if (!container.resources?.limits?.memory) wrong(file, `${container.name}: no limit of memory`);
    // On SIGTERM it takes no more connections, while Services still send them.
    if (object.kind === 'StatefulSet' && !(container.lifecycle?.preStop?.sleep?.seconds >= 5 && pod.terminationGracePeriodSeconds >= container.lifecycle.preStop.sleep.seconds + 30)) {
      wrong(file, `${container.name}: does not serve on until Services know that it ends, or has no 30 s after that`);
    }
    const names = new Set(pod.volumes.map((volume) => volume.name));
    (object.spec.volumeClaimTemplates ?? []).forEach((claim) => names.add(claim.metadata.name));
    for (const mount of container.volumeMounts ?? []) {
      if (!names.has(mount.name)) wrong(file, `${container.name}: mounts ${mount.name}, which is no volume`);
      if (mount.subPath) wrong(file, `${container.name}: ${mount.name} with subPath is never replaced`);
    }
    for (const [probe, group] of [['startupProbe', 'started'], ['livenessProbe', 'live'], ['readinessProbe', 'ready']]) {
      if (object.kind === 'StatefulSet' && container[probe]?.httpGet?.path !== `/q/health/${group}`) {
        wrong(file, `${container.name}: ${probe} does not ask /q/health/${group}`);
      }
    }
  }
}

// Files that settings name lie under a mounted folder.
function mounted(file, object, settings) {
  const mounts = object.spec?.template?.spec?.containers?.flatMap((c) => c.volumeMounts ?? []).map((m) => m.mountPath) ?? [];
  for (const match of settings.matchAll(/=(?:.*[=?&])?(\/(?:etc|var\/lib)\/signal-to-order\/[^\s&]+)/g)) {
    if (!mounts.some((mount) => match[1].startsWith(`${mount}/`))) wrong(file, `${match[1]} lies under no mounted folder`);
  }
}

// What kustomize would make of the labels: those of the kustomization go on each object, not into templates or selectors. A selector that no
// template meets is refused by the API server (StatefulSet, Job) or selects nothing (services, budgets, policies): no schema sees that.
function selectors() {
  const folder = `${kubernetes}/base`;
  const kustomization = documents(`${folder}/kustomization.yaml`)[0];
  const into = (kustomization.labels ?? []).filter((labels) => labels.includeTemplates || labels.includeSelectors);
  const added = Object.assign({}, ...into.map((labels) => labels.pairs));
  const objects = kustomization.resources.flatMap((name) => documents(`${folder}/${name}`).map((object) => [name, object]));
  const pods = objects.filter(([, object]) => object.spec?.template).map(([, object]) => ({ ...object.spec.template.metadata?.labels, ...added }));
  const meets = (labels, selector) => Object.entries(selector).every(([name, value]) => labels[name] === value);
  let count = 0;
  for (const [name, object] of objects) {
    const where = `${folder}/${name}`;
    const own = object.spec?.selector?.matchLabels;
    if (own && object.spec.template && !meets({ ...object.spec.template.metadata?.labels, ...added }, own)) {
      wrong(where, `${object.kind}: the selector does not match the template's labels`);
    }
    const ours = [];
    walk(object, (value, key) => {
      if (key === 'selector' && object.kind === 'Service') ours.push(value);
      if (key === 'podSelector' || key === 'selector' || key === 'labelSelector') ours.push(value?.matchLabels);
    });
    for (const selector of ours.filter((labels) => labels?.['app.kubernetes.io/name'])) {
      count++;
      if (!pods.some((labels) => meets(labels, selector))) wrong(where, `${object.kind}: no pod has ${JSON.stringify(selector)}`);
    }
  }
  if (count === 0) wrong(folder, 'no selector was found');
  const policies = objects.filter(([, object]) => object.kind === 'NetworkPolicy').map(([, object]) => object.spec.podSelector.matchLabels);
  for (const labels of pods) {
    if (!policies.some((selector) => meets(labels, selector))) wrong(folder, `no network policy holds for the pods with ${JSON.stringify(labels)}`);
  }
}
selectors();

let manifests = 0;
const named = new Set();
for (const file of files(kubernetes)) {
  if (file.endsWith('.properties')) settingsIn(file, read(file));
  if (!file.endsWith('.yaml')) continue;
  for (const object of documents(file)) {
    manifests++;
    if (object.kind === 'Kustomization') {
      if (object.apiVersion !== 'kustomize.config.k8s.io/v1beta1') wrong(file, 'another apiVersion of Kustomization');
      const folder = path.dirname(file);
      const used = [
        ...(object.resources ?? []),
        ...(object.patches ?? []).map((patch) => patch.path),
        ...(object.configMapGenerator ?? []).flatMap((generator) => generator.files ?? []),
      ];
      for (const name of used) if (!fs.existsSync(path.join(folder, name))) wrong(file, `there is no ${name}`);
      for (const name of fs.readdirSync(folder)) {
        if (name !== 'kustomization.yaml' && !used.includes(name)) wrong(file, `${name} is used by nothing`);
      }
      continue;
    }
    if (object.apiVersion === 'postgresql.cnpg.io/v1') {
      // CloudNativePG's own kinds: no schema here. The roles must be those of roles.sql.
      const text = read(file);
      for (const role of read('deploy/sql/roles.sql').matchAll(/create role (\w+)/g)) {
        if (!text.includes(role[1])) wrong(file, `the role ${role[1]} of roles.sql is missing`);
      }
      // Real money needs the WAL as well (docs/operations.md), in a store that the file has.
      const archiver = (object.spec.plugins ?? []).find((plugin) => plugin.isWALArchiver === true);
      const stores = documents(file).filter((other) => other.kind === 'ObjectStore').map((store) => store.metadata.name);
      if (object.kind === 'Cluster' && !stores.includes(archiver?.parameters?.barmanObjectName)) wrong(file, 'no WAL is archived, or into no ObjectStore');
    } else if (object.apiVersion === 'barmancloud.cnpg.io/v1') {
      // The kind of CloudNativePG's plugin: no schema here.
      walk(object, (value, key) => {
        if ((key === 'accessKeyId' || key === 'secretAccessKey') && value?.name) named.add(value.name);
      });
    } else if (object.$patch !== 'delete') {
      // A patch is no whole object: what the schema requires of one may be missing, what it knows may not.
      if (!isPatch(file)) validate(file, object);
    }
    confined(file, object);
    walk(object, (value, key) => {
      if (key === 'secretName') named.add(value);
      if (key === 'env' && Array.isArray(value)) {
        for (const { name } of value) variableIn(file, name);
      }
    });
    if (file.includes('postgresql')) {
      walk(object, (value, key) => {
        if (/[sS]ecret$/.test(key) && value?.name) named.add(value.name);
      });
    }
  }
}
for (const secret of named) if (!handbook.includes(`\`${secret}\``)) wrong(`${kubernetes}/README.md`, `does not tell of the secret ${secret}`);
for (const overlay of ['paper', 'live']) {
  const base = documents(`${kubernetes}/base/stateful-set.yaml`)[0];
  const patch = documents(`${kubernetes}/overlays/${overlay}/stateful-set.yaml`)[0];
  const spec = base.spec.template.spec;
  const more = patch.spec.template.spec;
  spec.containers[0].volumeMounts.push(...more.containers[0].volumeMounts);
  spec.volumes.push(...more.volumes);
  base.spec.replicas = patch.spec.replicas;
  validate(`${kubernetes}/overlays/${overlay}`, base);
  const settings = read(`${kubernetes}/base/application.properties`) + read(`${kubernetes}/overlays/${overlay}/mode.properties`);
  mounted(`${kubernetes}/overlays/${overlay}`, base, settings + JSON.stringify(more.containers[0].env).replaceAll('"value":"', '=').replaceAll(',/', '\n=/').replaceAll('"', ' '));
}

// --- Compose ---------------------------------------------------------------------------------------------------------------------
const composeFile = 'deploy/compose.yaml';
const compose = documents(composeFile)[0];
const serviceSecrets = './compose/secrets/service';
for (const [name, service] of Object.entries(compose.services)) {
  if (service.read_only !== true) wrong(composeFile, `${name}: its root can be written`);
  if (!service.cap_drop?.includes('ALL')) wrong(composeFile, `${name}: keeps capabilities`);
  if (!service.security_opt?.includes('no-new-privileges:true')) wrong(composeFile, `${name}: may gain privileges`);
  if (!service.mem_limit) wrong(composeFile, `${name}: no limit of memory`);
  for (const secret of service.secrets ?? []) if (!compose.secrets[secret]) wrong(composeFile, `${name}: no secret ${secret}`);
  for (const network of service.networks ?? []) if (!(network in compose.networks)) wrong(composeFile, `${name}: no network ${network}`);
  for (const volume of service.volumes ?? []) {
    const [from] = volume.split(':');
    // Made by make-secrets.sh, as a folder; git does not have it.
    if (from === serviceSecrets) continue;
    if (from.startsWith('./') ? !fs.existsSync(path.join('deploy', from)) : !(from in compose.volumes)) {
      wrong(composeFile, `${name}: there is no ${from}`);
    }
  }
  // A new volume belongs to root: whoever else writes there needs it handed over first.
  const uid = service.user?.split(':')[0];
  for (const volume of uid && uid !== '0' ? service.volumes ?? [] : []) {
    const [from] = volume.split(':');
    if (from.startsWith('./')) continue;
    const [, inside] = compose.services.folders.volumes.map((each) => each.split(':')).find(([name]) => name === from) ?? [];
    if (!inside || !compose.services.folders.command[0].includes(`chown ${service.user} ${inside}`)) {
      wrong(composeFile, `${name}: ${from} is not handed over to ${service.user}`);
    }
    if (service.depends_on?.folders?.condition !== 'service_completed_successfully') wrong(composeFile, `${name}: does not wait for its folders`);
  }
  for (const port of service.ports ?? []) if (!port.startsWith('127.0.0.1:')) wrong(composeFile, `${name}: port ${port} is open to all`);
}
// What the service reads again comes as a folder: a file that is mounted alone is never replaced.
if (compose.services.service.secrets) wrong(composeFile, 'service: a secret that is a mounted file is never replaced');
if (!compose.services.service.volumes.includes(`${serviceSecrets}:/run/secrets:ro`)) wrong(composeFile, `service: does not mount ${serviceSecrets}`);
const serviceFiles = [];
for (const [name, value] of Object.entries(compose.services.service.environment)) {
  variableIn(composeFile, name);
  const secret = String(value).match(/^\/run\/secrets\/(.+)$/);
  if (secret) serviceFiles.push(secret[1]);
}
const composeGuide = read('deploy/compose/README.md');
for (const secret of [...Object.keys(compose.secrets), ...serviceFiles]) {
  if (!composeGuide.includes(`\`${secret}\``)) wrong('deploy/compose/README.md', `does not tell of the secret ${secret}`);
}

// --- Prose with settings: the guides beside the manifests -------------------------------------------------------------------------
for (const file of files('deploy').filter((name) => name.endsWith('.md'))) {
  for (const block of read(file).matchAll(/```properties\n([\s\S]*?)```/g)) settingsIn(file, block[1]);
}

// --- Monitoring --------------------------------------------------------------------------------------------------------------------
const metrics = new Set(read('deploy/monitoring/metrics.txt').split('\n').filter((line) => line && !line.startsWith('#')));
const OURS = /\b(?:signal_to_order|kraken|http_server|agroal|jvm|process)_[a-z0-9_]+/g;
let queries = 0;

function asks(file, expression) {
  queries++;
  const found = expression.match(OURS) ?? [];
  if (found.length === 0) wrong(file, `asks for none of our metrics: ${expression}`);
  for (const metric of found) if (!metrics.has(metric)) wrong(file, `${metric} is not in deploy/monitoring/metrics.txt`);
}

const rulesFile = 'deploy/monitoring/alerts.yaml';
const observability = read('docs/observability.md');
const tested = read('deploy/monitoring/alerts.test.yaml');
for (const rule of documents(rulesFile)[0].groups.flatMap((group) => group.rules)) {
  asks(rulesFile, rule.expr);
  const runbook = rule.annotations.runbook.replace('docs/observability.md#', '');
  if (runbook !== rule.alert.toLowerCase() || !new RegExp(`^### ${rule.alert}$`, 'm').test(observability)) {
    wrong(rulesFile, `docs/observability.md has no heading for ${rule.alert}`);
  }
  if (!new RegExp(`name: ${rule.alert}\n`).test(tested)) wrong(rulesFile, `${rule.alert} is not tested`);
}
const dashboardFile = 'deploy/monitoring/dashboard.json';
walk(JSON.parse(read(dashboardFile)), (value, key) => {
  if (key === 'expr') asks(dashboardFile, value);
});

if (problems.length > 0) {
  problems.forEach((problem) => console.error(problem));
  process.exit(1);
}
console.log(`manifests: ${manifests} objects, ${named.size} secrets, ${queries} queries; all of them are as documented`);
