package dev.drydock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import dev.drydock.agent.Agent;
import dev.drydock.concurrent.Interrupts;
import dev.drydock.concurrent.Threads;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who may import whom. */
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.drydock", "com.example");

    /** In this order: a package may import those before it, and none after it. */
    static final List<String> ROOMS = List.of(
            "agent",
            "config",
            "concurrent",
            "http",
            "redact",
            "trace",
            "connect",
            "database",
            "journal",
            "model",
            "tool",
            "outbox",
            "run",
            "judge.eval",
            "judge.replay",
            "judge",
            "watch",
            "alert.channel",
            "alert",
            "alert.rule",
            "offline",
            "console",
            "console.page");

    @Test
    void a_package_imports_only_those_above_it() {
        CompositeArchRule.of(IntStream.range(0, ROOMS.size() - 1)
                        .mapToObj(at -> (ArchRule) noClasses()
                                .that()
                                .resideInAPackage("dev.drydock." + ROOMS.get(at))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(ROOMS.subList(at + 1, ROOMS.size()).stream()
                                        .map(room -> "dev.drydock." + room)
                                        .toArray(String[]::new)))
                        .toList())
                .check(CLASSES);
    }

    @Test
    void every_class_lives_in_a_room() {
        classes()
                .that()
                .resideInAPackage("dev.drydock..")
                .should()
                .resideInAnyPackage(
                        ROOMS.stream().map(room -> "dev.drydock." + room).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void the_seam_needs_nothing_but_the_jdk() {
        classes()
                .that()
                .resideInAPackage("dev.drydock.agent")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.drydock.agent", "java..", "jakarta..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void all_sql_is_in_the_journal() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.drydock.database", "dev.drydock.journal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql", "javax.sql", Jdbi.class.getPackageName())
                .check(CLASSES);
    }

    @Test
    void only_the_outbox_delivers() {
        noClasses()
                .that()
                .resideInAPackage("dev.drydock..")
                .and()
                .resideOutsideOfPackage("dev.drydock.outbox")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "Agent.deliver",
                        call -> call.getName().equals("deliver")
                                && call.getTargetOwner().isAssignableTo(Agent.class)))
                .check(CLASSES);
    }

    /** An {@link Error} would not cancel the timeout, which would interrupt the thread later: {@link Interrupts#within}. */
    @Test
    void a_call_within_a_timeout_returns_its_errors() {
        methods()
                .that()
                .areAnnotatedWith(Timeout.class)
                .should()
                .haveRawReturnType(Supplier.class)
                .check(CLASSES);
    }

    @Test
    void there_is_one_door_to_the_models() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.drydock.model")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.quarkiverse.langchain4j.ModelName")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.langchain4j.model.openai..")
                .check(CLASSES);
    }

    @Test
    void one_class_chooses_the_kind_of_threads() {
        noClasses()
                .that()
                .areNotAssignableTo(Threads.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(VirtualThreads.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(RunOnVirtualThread.class)
                .check(CLASSES);
    }

    @Test
    void an_agent_sees_only_the_seam_and_ready_made_parts() {
        noClasses()
                .that(JavaClass.Predicates.resideInAPackage("com.example.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOMS.stream()
                        .filter(room -> !room.equals("agent") && !room.equals("connect"))
                        .map(room -> "dev.drydock." + room)
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void agents_and_their_records_survive_the_native_build() {
        classes()
                .that()
                .implement(Agent.class)
                .should()
                .beAnnotatedWith(RegisterForReflection.class)
                .check(CLASSES);
    }
}
