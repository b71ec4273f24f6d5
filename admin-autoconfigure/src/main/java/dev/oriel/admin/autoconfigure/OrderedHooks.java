package dev.oriel.admin.autoconfigure;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.extension.WriteHook;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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
		Map<String, Found> found = new LinkedHashMap<>();
		for (BeanFactory each = beans; each != null; each = parent(each)) {
			if (each instanceof ListableBeanFactory listable) {
				collect(listable, found);
			}
		}
		return found.values()
			.stream()
			.sorted(byOrder.thenComparing((hook) -> !hook.hook().relations().isEmpty()))
			.map(Found::hook)
			.toList();
	}

	private static @Nullable BeanFactory parent(BeanFactory beans) {
		return (beans instanceof HierarchicalBeanFactory hierarchical) ? hierarchical.getParentBeanFactory() : null;
	}

	private static void collect(ListableBeanFactory beans, Map<String, Found> found) {
		for (String name : beans.getBeanNamesForType(WriteHook.class)) {
			if (isCandidate(beans, name)) {
				found.computeIfAbsent(name, (key) -> {
					WriteHook hook = beans.getBean(key, WriteHook.class);
					return new Found(hook, order(beans, key, hook));
				});
			}
		}
	}

	/**
	 * Whether a bean is meant by those who ask for its type. What a proxy stands for in a
	 * scope is not, nor is what is only a part of another bean.
	 */
	private static boolean isCandidate(ListableBeanFactory beans, String name) {
		return !(beans instanceof ConfigurableListableBeanFactory configurable)
				|| !configurable.containsBeanDefinition(name)
				|| configurable.getMergedBeanDefinition(name).isAutowireCandidate();
	}

	private static int order(ListableBeanFactory beans, String name, WriteHook hook) {
		if (hook instanceof Ordered ordered) {
			return ordered.getOrder();
		}
		// On its class, or on the method that makes the bean.
		Order order = beans.findAnnotationOnBean(name, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * A hook and its place.
	 */
	private record Found(WriteHook hook, int order) {

	}

}
