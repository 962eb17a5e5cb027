package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RevokeCommandTest {

    @Test
    void takesAPersonsNumberInFullWidthAsTheDirectoryHasIt() {
        RevokeCommand command = new RevokeCommand();

        new CommandLine(command).parseArgs("--person", "\u3000Ｓ１００３ ", "--status", "retired");

        assertThat(command.draft(Instant.EPOCH).person()).isEqualTo("S1003");
    }
}
