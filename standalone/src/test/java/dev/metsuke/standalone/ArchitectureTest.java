package dev.metsuke.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds the table of modules: who may know of whom, and which engine is known where. */
@AnalyzeClasses(packages = "dev.metsuke", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String STREAMS = "org.apache.kafka.streams..";
    private static final String KAFKA = "org.apache.kafka..";
    private static final String ELASTICSEARCH = "co.elastic.clients..";
    private static final String[] HTTP = {"io.javalin..", "com.sun.net.httpserver..", "jakarta.servlet.."};

    @ArchTest
    static final ArchRule languageKnowsNoEngine = noClasses()
            .that()
            .resideInAPackage("dev.metsuke.events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA, ELASTICSEARCH, HTTP[0], HTTP[1], HTTP[2]);

    @ArchTest
    static final ArchRule languageKnowsNoPart = noClasses()
            .that()
            .resideInAPackage("dev.metsuke.events..")
            .should()
            .dependOnClassesThat(metsukeOutside("dev.metsuke.events"));

    @ArchTest
    static final ArchRule shipperKnowsNeitherProcessorNorConsole = noClasses()
            .that()
            .resideInAPackage("dev.metsuke.shipper..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.metsuke.detect..", "dev.metsuke.archive..", "dev.metsuke.console..", STREAMS, ELASTICSEARCH);

    @ArchTest
    static final ArchRule detectionKnowsNeitherArchiveNorOthers = noClasses()
            .that()
            .resideInAPackage("dev.metsuke.detect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.metsuke.archive..",
                    "dev.metsuke.console..",
                    "dev.metsuke.shipper..",
                    ELASTICSEARCH,
                    HTTP[0],
                    HTTP[1],
                    HTTP[2]);

    @ArchTest
    static final ArchRule archiveKnowsNeitherDetectionNorOthers = noClasses()
            .that()
            .resideInAPackage("dev.metsuke.archive..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.metsuke.detect..", "dev.metsuke.console..", "dev.metsuke.shipper..", STREAMS);

    @ArchTest
    static final ArchRule consoleKnowsNotHowDetectionWorks = noClasses()
            .that()
            .resideInAPackage("dev.metsuke.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.metsuke.detect..", "dev.metsuke.archive..", "dev.metsuke.shipper..", STREAMS);

    /** Labels must not rest on what they are to test. */
    @ArchTest
    static final ArchRule simulationKnowsTheLanguageOnly = noClasses()
            .that()
            .resideInAPackage("dev.metsuke.simulation..")
            .should()
            .dependOnClassesThat(metsukeOutside("dev.metsuke.simulation").and(metsukeOutside("dev.metsuke.events")));

    @ArchTest
    static final ArchRule onlyTheCommandKnowsTheEmbeddedServers = noClasses()
            .that()
            .resideOutsideOfPackages("dev.metsuke.servers..", "dev.metsuke.standalone..", "dev.metsuke.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.metsuke.servers..");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .resideInAPackage("dev.metsuke..")
            .should(new ArchCondition<>("reside in a package marked @NullMarked") {
                @Override
                public void check(JavaClass found, ConditionEvents events) {
                    boolean marked = found.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(
                            new SimpleConditionEvent(found, marked, found.getPackageName() + " of " + found.getName()));
                }
            });

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("dev.metsuke.(*).(*)..").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> metsukeOutside(String ownPackage) {
        return DescribedPredicate.describe(
                "are Metsuke's, outside " + ownPackage,
                found -> found.getPackageName().startsWith("dev.metsuke.")
                        && !found.getPackageName().startsWith(ownPackage));
    }
}
