export { JobPanel } from "./JobPanel";
export { cancelJob, clearJobs, forgetJob, jobsRunning, startJob, useJob, type Job } from "./jobs";
