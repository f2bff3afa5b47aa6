package dev.drydock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
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

/** Who may import whom. */
@AnalyzeClasses(
        packages = {"dev.drydock", "com.example"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

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

    @ArchTest
    static final ArchRule a_package_imports_only_those_above_it =
            CompositeArchRule.of(IntStream.range(0, ROOMS.size() - 1)
                    .mapToObj(at -> (ArchRule) noClasses()
                            .that()
                            .resideInAPackage("dev.drydock." + ROOMS.get(at))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(ROOMS.subList(at + 1, ROOMS.size()).stream()
                                    .map(room -> "dev.drydock." + room)
                                    .toArray(String[]::new)))
                    .toList());

    @ArchTest
    static final ArchRule every_class_lives_in_a_room = classes()
            .that()
            .resideInAPackage("dev.drydock..")
            .should()
            .resideInAnyPackage(
                    ROOMS.stream().map(room -> "dev.drydock." + room).toArray(String[]::new));

    @ArchTest
    static final ArchRule the_seam_needs_nothing_but_the_jdk = classes()
            .that()
            .resideInAPackage("dev.drydock.agent")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.drydock.agent", "java..", "jakarta..", "org.jspecify..");

    @ArchTest
    static final ArchRule all_sql_is_in_the_journal = noClasses()
            .that()
            .resideOutsideOfPackages("dev.drydock.database", "dev.drydock.journal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql", "javax.sql", Jdbi.class.getPackageName());

    @ArchTest
    static final ArchRule only_the_outbox_delivers = noClasses()
            .that()
            .resideInAPackage("dev.drydock..")
            .and()
            .resideOutsideOfPackage("dev.drydock.outbox")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "Agent.deliver",
                    call -> call.getName().equals("deliver")
                            && call.getTargetOwner().isAssignableTo(Agent.class)));

    /** An {@link Error} would not cancel the timeout, which would interrupt the thread later: {@link Interrupts#within}. */
    @ArchTest
    static final ArchRule a_call_within_a_timeout_returns_its_errors =
            methods().that().areAnnotatedWith(Timeout.class).should().haveRawReturnType(Supplier.class);

    @ArchTest
    static final ArchRule there_is_one_door_to_the_models = noClasses()
            .that()
            .resideOutsideOfPackage("dev.drydock.model")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.quarkiverse.langchain4j.ModelName")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.langchain4j.model.openai..");

    @ArchTest
    static final ArchRule one_class_chooses_the_kind_of_threads = noClasses()
            .that()
            .areNotAssignableTo(Threads.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(VirtualThreads.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(RunOnVirtualThread.class);

    @ArchTest
    static final ArchRule an_agent_sees_only_the_seam_and_ready_made_parts = noClasses()
            .that(JavaClass.Predicates.resideInAPackage("com.example.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOMS.stream()
                    .filter(room -> !room.equals("agent") && !room.equals("connect"))
                    .map(room -> "dev.drydock." + room)
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule agents_and_their_records_survive_the_native_build =
            classes().that().implement(Agent.class).should().beAnnotatedWith(RegisterForReflection.class);
}
