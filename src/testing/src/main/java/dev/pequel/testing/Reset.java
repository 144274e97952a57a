package dev.pequel.testing;

/** When all sandboxes become new and get their seeds again. */
public enum Reset {
    /** Before each test, and before its {@code @BeforeEach} methods. */
    EACH_TEST,

    /** Before the first test of the class, and before its {@code @BeforeAll} methods. */
    EACH_CLASS,

    /** Tests see what earlier tests have stored, including those of other classes with the same seeds. */
    NEVER
}
