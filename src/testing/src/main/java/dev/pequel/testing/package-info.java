/**
 * Tests of clients of Pequel: {@link dev.pequel.testing.PequelTest} starts {@code pequel-local}, and
 * {@link dev.pequel.testing.Pequel} resets it and sets its clock.
 */
package dev.pequel.testing;
