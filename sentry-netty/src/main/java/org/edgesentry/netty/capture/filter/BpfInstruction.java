package org.edgesentry.netty.capture.filter;

/**
 * One instruction of the classic BPF machine, as {@code struct sock_filter} holds it.
 *
 * @param code operation
 * @param jumpTrue instructions to skip when a condition holds, 0 to 255
 * @param jumpFalse instructions to skip when it does not hold, 0 to 255
 * @param k constant
 */
public record BpfInstruction(int code, int jumpTrue, int jumpFalse, int k) {
}
