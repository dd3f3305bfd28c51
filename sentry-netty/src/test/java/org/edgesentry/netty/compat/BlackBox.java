package org.edgesentry.netty.compat;

import java.nio.file.Path;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the black-box tests have in common: one lab a class; a scanner, a setup and an empty firewall a test. */
abstract class BlackBox {

    private static ScanLab sharedLab;

    @TempDir
    protected Path directory;

    protected final ScanLab lab = sharedLab;
    protected Scanner scanner;
    protected SensorSetup setup;

    @BeforeAll
    static void openLab() {
        sharedLab = new ScanLab();
    }

    @AfterAll
    static void closeLab() {
        sharedLab.close();
    }

    @BeforeEach
    void prepare() {
        lab.clearFirewall();
        scanner = lab.newScanner();
        setup = new SensorSetup(lab, directory);
    }

    /** Or JUnit warns of each symbolic link in a copy of /etc. */
    @AfterEach
    void removeOwnEtc() {
        Shell.run("rm -rf " + directory.resolve("etc"));
    }
}
