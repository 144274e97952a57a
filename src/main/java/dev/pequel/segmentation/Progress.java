package dev.pequel.segmentation;

/** Watches an evaluation, from several threads. */
interface Progress {

    /** Nobody watches. */
    Progress NONE = new Progress() {
        @Override
        public void expect(long values) {}

        @Override
        public void evaluated(long values) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /** So many values will be evaluated. */
    void expect(long values);

    /** So many further values (a profile for an audience) are known. */
    void evaluated(long values);

    /** Whether the evaluation shall end as soon as it can. */
    boolean isCancelled();
}
