package dev.oriel.admin.autoconfigure;

import java.util.Comparator;
import java.util.List;

import dev.oriel.admin.extension.WriteHook;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Finds the hooks that the host has as beans.
 */
final class OrderedHooks {

	private OrderedHooks() {
	}

	/**
	 * Return the hooks in their order; at equal order, hooks on all relations come before
	 * those on some.
	 */
	static List<WriteHook> find(ListableBeanFactory beans) {
		Comparator<Found> byOrder = Comparator.comparingInt(Found::order);
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, WriteHook.class)
			.entrySet()
			.stream()
			.map((bean) -> new Found(bean.getValue(), order(beans, bean.getKey(), bean.getValue())))
			.sorted(byOrder.thenComparing((found) -> !found.hook().relations().isEmpty()))
			.map(Found::hook)
			.toList();
	}

	private static int order(ListableBeanFactory beans, String name, WriteHook hook) {
		if (hook instanceof Ordered ordered) {
			return ordered.getOrder();
		}
		// On its class, or on the method that makes the bean.
		Order order = beans.containsBean(name) ? beans.findAnnotationOnBean(name, Order.class) : null;
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * A hook and its place.
	 */
	private record Found(WriteHook hook, int order) {

	}

}
