package dev.metsuke.detect.offhours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalUseTest {

    /** What is under way when another build takes over goes on. */
    @Test
    void isStoredAsEver() {
        ApprovalUse use = new ApprovalUse(Map.of("APR-8", 0L, "APR-7", 1234L));
        CompactWriter out = new CompactWriter();

        ApprovalUse.FORM.writer().accept(use, out);

        assertThat(out.bytes()).asHexString().isEqualToIgnoringCase("0a4150522d37a413" + "0a4150522d3800");
        assertThat(ApprovalUse.FORM.reader().apply(new CompactReader(out.bytes())))
                .isEqualTo(use);
    }

    @Test
    void whatNobodyCarriedIsNone() {
        assertThat(ApprovalUse.FORM.reader().apply(new CompactReader(new byte[0])))
                .isEqualTo(ApprovalUse.NONE);
    }
}
