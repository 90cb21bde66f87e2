/** The members of CircleCI's API v2 that the portal reads, as its reference names them. */

export interface Page<T> {
  items: T[];
  next_page_token: string | null;
}

export interface Pipeline {
  id: string;
  number: number;
  project_slug: string;
  state: 'created' | 'errored' | 'setup-pending' | 'setup' | 'pending';
  created_at: string;
  errors: { type: string; message: string }[];
  trigger: { type: string; actor: { login: string | null } };
  /** Absent for pipelines that no commit started. */
  vcs?: {
    branch?: string;
    tag?: string;
    revision: string;
    target_repository_url: string;
    commit?: { subject: string | null };
  };
}

export interface Workflow {
  id: string;
  name: string;
  /** `success`, `running`, `failed`, `on_hold`, ...; new ones come without notice. */
  status: string;
  pipeline_number: number;
  created_at: string;
  stopped_at: string | null;
}

export interface Job {
  id: string;
  name: string;
  type: 'build' | 'approval';
  status: string;
  /** Absent while it has not run. */
  job_number?: number;
  /** Of an approval. */
  approval_request_id?: string;
  dependencies: string[];
  started_at: string | null;
  stopped_at?: string | null;
}

export interface JobDetails {
  name: string;
  number: number;
  status: string;
  web_url: string;
  started_at: string | null;
  stopped_at: string | null;
  executor: { type: string; resource_class: string };
}

/** One step of a build, of API v1.1. */
export interface StepAction {
  name: string;
  status: string;
  step: number;
  index: number;
  run_time_millis: number | null;
  has_output: boolean;
  output_url?: string;
}
