/** Compact notation for an entry: its rings over time, the newest first. */
type Row = [
  id: string,
  title: string,
  url: string,
  description: string,
  timeline: [date: string, ringId: string, description?: string][],
];

const rows: Record<string, Row[]> = {
  techniques: [
    ['trunk-based-development', 'Trunk-based development', 'https://trunkbaseddevelopment.com', 'Everybody merges small changes into one branch several times a day. Unfinished work hides behind **feature flags**.', [['2025-11-03', 'adopt'], ['2024-11-04', 'trial']]],
    ['slo', 'Service level objectives', 'https://sre.google/workbook/implementing-slos/', 'Every tier-1 service states what its users may rely on, and spends its error budget on change.', [['2025-05-05', 'adopt', 'Asked of every tier-1 service.'], ['2024-05-06', 'trial'], ['2023-11-06', 'assess']]],
    ['adr', 'Architecture decision records', 'https://adr.github.io', 'Short notes beside the code: what was decided, why, and what else was considered.', [['2024-05-06', 'adopt']]],
    ['contract-testing', 'Consumer-driven contract tests', 'https://docs.pact.io', 'Consumers publish what they expect; the provider’s pipeline checks it.', [['2025-11-03', 'trial', 'Works well between Checkout and Payments.'], ['2025-05-05', 'assess']]],
    ['progressive-delivery', 'Progressive delivery', 'https://argoproj.github.io/rollouts/', 'Releases go to a few per cent of the traffic first and roll back by themselves.', [['2025-05-05', 'trial']]],
    ['ai-assisted-review', 'AI-assisted code review', '', 'A second pair of eyes for pull requests. People keep the last word.', [['2025-11-03', 'assess']]],
    ['release-trains', 'Release trains', '', 'Fixed release dates for many services at once. They hide dependencies that should not exist.', [['2025-05-05', 'hold'], ['2023-11-06', 'trial']]],
  ],
  platforms: [
    ['kubernetes', 'Kubernetes', 'https://kubernetes.io', 'Where services run. Teams describe workloads; the platform team runs the clusters.', [['2023-11-06', 'adopt']]],
    ['postgresql', 'PostgreSQL', 'https://www.postgresql.org', 'The first choice for data that matters. Ask before choosing anything else.', [['2023-11-06', 'adopt']]],
    ['opentelemetry', 'OpenTelemetry', 'https://opentelemetry.io', 'Traces, metrics and logs in one format. New services start with it.', [['2025-05-05', 'adopt'], ['2024-05-06', 'trial']]],
    ['kafka', 'Apache Kafka', 'https://kafka.apache.org', 'For streams that several teams read. Not a queue between two services of one team.', [['2024-11-04', 'adopt']]],
    ['nats', 'NATS JetStream', 'https://nats.io', 'A lighter way to pass messages, tried in Fulfilment.', [['2025-11-03', 'trial'], ['2025-05-05', 'assess']]],
    ['wasm-edge', 'WebAssembly at the edge', 'https://webassembly.org', 'Small functions close to the customer, without cold starts.', [['2025-11-03', 'assess']]],
    ['self-run-jenkins', 'Self-run Jenkins', '', 'Moved to hosted pipelines. No new jobs.', [['2024-11-04', 'hold', 'The last twelve jobs move by summer.'], ['2023-11-06', 'adopt']]],
  ],
  tools: [
    ['callboard', 'Callboard', '/', 'What exists, who owns it, and whether it is healthy: the portal you are in.', [['2025-11-03', 'adopt'], ['2025-05-05', 'trial']]],
    ['renovate', 'Renovate', 'https://docs.renovatebot.com', 'Keeps dependencies current by pull requests that merge themselves when green.', [['2024-05-06', 'adopt']]],
    ['lighthouse', 'Lighthouse', 'https://developer.chrome.com/docs/lighthouse/', 'Audits of every public website, daily. A drop below 90 goes to the owning team.', [['2025-11-03', 'adopt'], ['2024-11-04', 'trial']]],
    ['playwright', 'Playwright', 'https://playwright.dev', 'Browser tests that wait by themselves.', [['2025-05-05', 'adopt'], ['2024-05-06', 'trial']]],
    ['k6', 'k6', 'https://k6.io', 'Load tests as code, run nightly against staging.', [['2025-05-05', 'trial']]],
    ['buf', 'Buf', 'https://buf.build', 'Lints protobuf files and refuses changes that break callers.', [['2025-11-03', 'trial'], ['2025-05-05', 'assess']]],
    ['selenium', 'Selenium', 'https://www.selenium.dev', 'Existing suites stay until they are rewritten; nothing new.', [['2025-05-05', 'hold'], ['2023-11-06', 'adopt']]],
  ],
  languages: [
    ['typescript', 'TypeScript', 'https://www.typescriptlang.org', 'For everything that runs in a browser, in its strict mode.', [['2023-11-06', 'adopt']]],
    ['rust', 'Rust', 'https://www.rust-lang.org', 'For services with tight budgets of memory and time.', [['2025-05-05', 'adopt', 'Three services in production, training every quarter.'], ['2024-05-06', 'trial'], ['2023-11-06', 'assess']]],
    ['java-21', 'Java 21', 'https://openjdk.org/projects/jdk/21/', 'For services on the JVM. Virtual threads instead of reactive code.', [['2024-11-04', 'adopt']]],
    ['react', 'React', 'https://react.dev', 'For user interfaces, with the shared design tokens.', [['2023-11-06', 'adopt']]],
    ['grpc', 'gRPC', 'https://grpc.io', 'Between services. The public edge speaks REST.', [['2025-05-05', 'trial'], ['2024-11-04', 'assess']]],
    ['kotlin', 'Kotlin', 'https://kotlinlang.org', 'Tried for Android and for one service.', [['2024-11-04', 'trial']]],
    ['zig', 'Zig', 'https://ziglang.org', 'Watched for build tooling.', [['2025-11-03', 'assess']]],
    ['angularjs', 'AngularJS', '', 'Without support since 2022. Two back-office pages are left.', [['2023-11-06', 'hold']]],
  ],
};

const rings = [
  { id: 'adopt', name: 'Adopt', description: 'Proven here. Use it where it fits.' },
  { id: 'trial', name: 'Trial', description: 'Worth using in a project that can take the risk.' },
  { id: 'assess', name: 'Assess', description: 'Worth a look. Say what you learn.' },
  { id: 'hold', name: 'Hold', description: 'Start nothing new with it.' },
];

const quadrants = [
  { id: 'languages', name: 'Languages and frameworks' },
  { id: 'tools', name: 'Tools' },
  { id: 'platforms', name: 'Platforms' },
  { id: 'techniques', name: 'Techniques' },
];

/** What is shown until somebody configures a radar of their own: that of the example organisation. */
export const builtInRadar = {
  rings,
  quadrants,
  entries: quadrants.flatMap(({ id: quadrant }) =>
    (rows[quadrant] ?? []).map(([id, title, url, description, timeline]) => ({
      id,
      key: id,
      quadrant,
      title,
      url,
      description,
      timeline: timeline.map(([date, ringId, note]) => ({ date, ringId, description: note })),
    })),
  ),
};
