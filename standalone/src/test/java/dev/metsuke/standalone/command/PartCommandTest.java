package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import org.junit.jupiter.api.Test;

class PartCommandTest {

    @Test
    void tellsByItsExitCodeHowThePartEnded() throws InterruptedException {
        assertThat(PartCommand.run(new Ended(new Condition.Stopped()))).isZero();
        assertThat(PartCommand.run(new Ended(new Condition.Failed("broken")))).isEqualTo(1);
        assertThat(PartCommand.run(new Ended(new Condition.TakenOver("by another"))))
                .isEqualTo(3);
    }

    private record Ended(Condition condition) implements Part {
        @Override
        public String name() {
            return "ended";
        }

        @Override
        public void start() {}

        @Override
        public void close() {}
    }
}
