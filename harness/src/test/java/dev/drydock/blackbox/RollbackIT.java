package dev.drydock.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The release before, put back over tables that a newer one has already changed. */
class RollbackIT {

    @Test
    void starts_over_tables_of_a_newer_release() throws Exception {
        try (var environment = new TestEnvironment()) {
            assertThat(Program.run(environment.settings(), "run", "triage").exitCode())
                    .isZero();
            migrateFurther(environment);
            environment.put("after.txt", "The export fails.");

            var putBack = Program.run(environment.settings(), "run", "triage");

            assertThat(putBack.exitCode()).as(putBack.err()).isZero();
            assertThat(environment.count("entry where state = 'SHADOWED'")).isEqualTo(1);
        }
    }

    /** What a newer release leaves behind: a column and an outcome that this one does not know, and a line in the history. */
    private static void migrateFurther(TestEnvironment environment) throws Exception {
        try (var connection = environment.connect();
                var statement = connection.createStatement()) {
            statement.execute("alter table entry add column of_a_newer_release text");
            statement.execute("update run set outcome = 'OF_A_NEWER_RELEASE'");
            statement.execute("""
                    insert into flyway_schema_history
                        (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    values (1000, '1000', 'newer', 'SQL', 'V1000__newer.sql', 1, 'test', 1, true)""");
        }
    }
}
