package dev.pequel.testing;

/** When all sandboxes are emptied and their seeds are loaded again. */
public enum Reset {
    /** Before each test, and before its {@code @BeforeEach} methods. */
    EACH_TEST,

    /** Before the first test of the class, and before its {@code @BeforeAll} methods. */
    EACH_CLASS,

    /** Never. Tests see the data of earlier tests, including those of other classes with the same seeds. */
    NEVER
}
