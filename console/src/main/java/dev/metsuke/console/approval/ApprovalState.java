package dev.metsuke.console.approval;

import dev.metsuke.events.json.Labelled;

/** How an approval stands at a moment. */
enum ApprovalState implements Labelled {
    CURRENT("current"),
    UPCOMING("upcoming"),
    PAST("past"),
    TAKEN_BACK("taken-back");

    private final String label;

    ApprovalState(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
