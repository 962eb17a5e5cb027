package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.index.SendGate.Verdict;
import org.junit.jupiter.api.Test;

class SendGateTest {

    @Test
    void halvesOnOverloadButKeepsOne() throws InterruptedException {
        SendGate gate = new SendGate(8);
        pass(gate, Verdict.OVERLOADED, 1);
        assertThat(gate.limit()).isEqualTo(4);
        pass(gate, Verdict.OVERLOADED, 10);
        assertThat(gate.limit()).isOne();
    }

    @Test
    void growsBackByOneAfterRunOfGoodOnes() throws InterruptedException {
        SendGate gate = new SendGate(4);
        pass(gate, Verdict.OVERLOADED, 2);
        pass(gate, Verdict.GOOD, 7);
        assertThat(gate.limit()).isOne();
        pass(gate, Verdict.GOOD, 1);
        assertThat(gate.limit()).isEqualTo(2);
        pass(gate, Verdict.GOOD, 100);
        assertThat(gate.limit()).isEqualTo(4);
    }

    @Test
    void failureThatIsNoOverloadKeepsTheLimit() throws InterruptedException {
        SendGate gate = new SendGate(4);
        pass(gate, Verdict.FAILED, 20);
        assertThat(gate.limit()).isEqualTo(4);
    }

    private static void pass(SendGate gate, Verdict verdict, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            gate.enter();
            gate.leave(verdict);
        }
    }
}
