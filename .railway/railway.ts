// https://docs.railway.com/infrastructure-as-code/reference · how to use it: docs/deploy/railway.md
import { defineRailway, postgres, preserve, project, service } from "railway/iac";

export default defineRailway(() => {
  const database = postgres("postgres");

  const drydock = service("drydock", {
    build: { builder: "DOCKERFILE", dockerfilePath: "Dockerfile.native" },
    healthcheck: "/q/health/ready",
    healthcheckTimeout: 120,
    replicas: 1,
    deploy: {
      restartPolicyType: "ON_FAILURE",
      restartPolicyMaxRetries: 10,
      // longer than drydock.shutdown-grace, so that a cycle under way can end
      drainingSeconds: 30,
      // a scheduler that is put to sleep misses its hour
      sleepApplication: false,
    },
    env: {
      DATABASE_URL: database.env.DATABASE_URL,
      DRYDOCK_MODE: "shadow",
      PORT: "8080",
      // set in Railway, and only there
      OPENAI_API_KEY: preserve(),
      DRYDOCK_ADMIN_TOKEN: preserve(),
    },
  });

  return project("drydock", { resources: [database, drydock] });
});
