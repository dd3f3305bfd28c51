package org.edgesentry.netty;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;

/** The rules of docs/architecture.md, held against the classes of all modules. */
@AnalyzeClasses(packages = "org.edgesentry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CORE = "org.edgesentry.core..";
    private static final String ACTIONS = "org.edgesentry.actions..";
    private static final String NETTY = "org.edgesentry.netty..";
    private static final String DAEMON = "org.edgesentry.netty.daemon..";

    private static final Set<String> CLOCK_TYPES = Set.of(Instant.class.getName(), LocalDateTime.class.getName(),
            OffsetDateTime.class.getName(), ZonedDateTime.class.getName());

    @ArchTest
    private static final ArchRule CORE_STANDS_ALONE = noClasses().that().resideInAPackage(CORE)
            .should().dependOnClassesThat().resideInAnyPackage(ACTIONS, NETTY, "io.netty..", "org.pcap4j..",
                    "com.sun.jna..", "picocli..", "java.net..", "java.nio.channels..")
            .orShould().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class, Process.class,
                    java.nio.file.Files.class, java.io.File.class);

    @ArchTest
    private static final ArchRule ACTIONS_DO_NOT_FACE_THE_NETWORK = noClasses().that().resideInAPackage(ACTIONS)
            .should().dependOnClassesThat().resideInAnyPackage(NETTY, "io.netty..", "org.pcap4j..", "picocli..");

    @ArchTest
    private static final ArchRule RINGS_STAY_IN_THE_PIPELINE = noClasses().that()
            .resideOutsideOfPackage("org.edgesentry.core.pipeline..")
            .should().dependOnClassesThat().resideInAPackage("com.lmax..");

    @ArchTest
    private static final ArchRule NATIVE_CODE_STAYS_BEHIND_TWO_DOORS = noClasses().that()
            .resideOutsideOfPackages("org.edgesentry.actions.firewall..", "org.edgesentry.netty.system..")
            .should().dependOnClassesThat().resideInAPackage("com.sun.jna..");

    @ArchTest
    private static final ArchRule PCAP_IS_BEHIND_ONE = noClasses().that()
            .resideOutsideOfPackage("org.edgesentry.netty.capture.pcap..")
            .should().dependOnClassesThat().resideInAPackage("org.pcap4j..");

    @ArchTest
    private static final ArchRule SQLITE_IS_BEHIND_THE_LEDGER = noClasses().that()
            .resideOutsideOfPackage("org.edgesentry.actions.ledger..")
            .should().dependOnClassesThat().resideInAPackage("org.sqlite..")
            .orShould().dependOnClassesThat().belongToAnyOf(Connection.class, Statement.class, DriverManager.class);

    @ArchTest
    private static final ArchRule MAIL_IS_BEHIND_ONE = noClasses().that()
            .resideOutsideOfPackage("org.edgesentry.actions.notify..")
            .should().dependOnClassesThat().resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..");

    @ArchTest
    private static final ArchRule PROMETHEUS_IS_BEHIND_ONE = noClasses().that()
            .resideOutsideOfPackage("org.edgesentry.netty.metrics..")
            .should().dependOnClassesThat().resideInAPackage("io.prometheus..");

    @ArchTest
    private static final ArchRule HISTOGRAMS_ARE_BEHIND_ONE = noClasses().that()
            .resideOutsideOfPackage("org.edgesentry.core.metrics..")
            .should().dependOnClassesThat().resideInAPackage("org.HdrHistogram..");

    @ArchTest
    private static final ArchRule ONLY_THE_DAEMON_READS_COMMAND_LINES = noClasses().that()
            .resideOutsideOfPackage(DAEMON).should().dependOnClassesThat().resideInAPackage("picocli..");

    @ArchTest
    private static final ArchRule ONLY_THE_DAEMON_ENDS_THE_PROCESS = noClasses().that()
            .resideOutsideOfPackage(DAEMON)
            .should().callMethod(System.class, "exit", int.class)
            .orShould().callMethod(Runtime.class, "halt", int.class)
            .orShould().callMethod(Runtime.class, "exit", int.class);

    @ArchTest
    private static final ArchRule ONE_MAIN = methods().that().haveName("main").and().arePublic().and().areStatic()
            .should().beDeclaredInClassesThat().resideInAPackage(DAEMON);

    @ArchTest
    private static final ArchRule CLOCKS_ARE_HANDED_IN = noClasses().that()
            .resideOutsideOfPackage("org.edgesentry.core.time..")
            .should().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime")
            .orShould().dependOnClassesThat().belongToAnyOf(Clock.class)
            .orShould().callMethodWhere(target(describe("reads the system clock",
                    (AccessTarget.CodeUnitCallTarget call) -> "now".equals(call.getName())
                            && CLOCK_TYPES.contains(call.getOwner().getName()))));

    @ArchTest
    private static final ArchRule NO_CYCLES =
            slices().matching("org.edgesentry.(*).(*)..").should().beFreeOfCycles();
}
