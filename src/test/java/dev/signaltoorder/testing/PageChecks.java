package dev.signaltoorder.testing;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What must be true of how every page looks, computed from what the browser has drawn: no part of
 * the page is asked to say so itself. Each check answers what is wrong, in words; nothing when all
 * is well.
 */
public final class PageChecks {
  private static final int STOPS_MAX = 1_000;

  /** WCAG 2.2: relative luminance, contrast ratio, and what is behind an element. */
  private static final String COLOURS =
      """
      const channel = (value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      const luminance = (c) =>
        0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
      const ratio = (one, other) => {
        const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
      };
      const parse = (text) => {
        const n = text.match(/[\\d.]+/g).map(Number);
        const scale = text.startsWith('color(') ? 255 : 1;
        return [n[0] * scale, n[1] * scale, n[2] * scale, n.length > 3 ? n[3] : 1];
      };
      const over = (top, below) =>
        [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
      const bed = (element) => {
        const layers = [];
        for (let one = element; one; one = one.parentElement) {
          layers.push(parse(getComputedStyle(one).backgroundColor));
          if (layers.at(-1)[3] === 1) {
            break;
          }
        }
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
      };
      const name = (element) =>
        element.tagName.toLowerCase() + '.' + (element.getAttribute('class') || '') + ' "'
        + element.textContent.trim().slice(0, 40) + '"';
      """;

  private static final String CONTRAST =
      """
      () => {
      %s
        const wrong = [];
        const hold = (what, colour, behind, least) => {
          const seen = ratio(over(parse(colour), behind), behind);
          if (!(seen >= least)) {
            wrong.push(what + ': ' + seen.toFixed(2) + ' to 1 is less than ' + least);
          }
        };
        const least = (style) => {
          const size = parseFloat(style.fontSize);
          return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
        };
        let texts = 0;
        for (const one of document.querySelectorAll('body, body *')) {
          if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(':disabled')) {
            continue;
          }
          const style = getComputedStyle(one);
          const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
          if (own && one.namespaceURI === document.body.namespaceURI) {
            texts++;
            hold(name(one), style.color, bed(one), least(style));
          }
          for (const part of ['::before', '::placeholder']) {
            const drawn = getComputedStyle(one, part);
            const there = part === '::before'
              ? !['none', 'normal', '""'].includes(drawn.content) : one.placeholder;
            if (there) {
              hold(part + ' of ' + name(one), drawn.color, bed(one), least(drawn));
            }
          }
          if (one.matches('input:not([type=radio], [type=hidden]), select')) {
            hold('text of ' + name(one) + one.name, style.color, bed(one), 4.5);
            hold('border of ' + name(one) + one.name, style.borderTopColor, bed(one.parentElement), 3);
          }
          if (one.matches('button')) {
            hold('border of ' + name(one), style.borderTopColor, bed(one.parentElement), 3);
          }
          if (one.matches('svg rect')) {
            hold('bar ' + name(one.closest('svg')), style.fill, bed(one.parentElement), 3);
          }
          if (one.matches('svg polyline, svg line')) {
            hold('line ' + name(one.closest('svg')), style.stroke, bed(one.parentElement), 3);
          }
        }
        if (texts === 0) {
          wrong.push('there is no text at all');
        }
        return wrong;
      }
      """
          .formatted(COLOURS);

  private static final String TOO_WIDE =
      """
      () => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) {
          return [];
        }
        const wide = [...document.querySelectorAll('main *, header *')]
          .filter((one) => one.getBoundingClientRect().right > width + 0.5)
          .slice(0, 5)
          .map((one) => one.outerHTML.slice(0, 120));
        return [document.documentElement.scrollWidth + ' of ' + width + ': ' + wide.join(' | ')];
      }
      """;

  private static final String STOPS =
      """
      () => {
        const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
        window.stops = new Set([...document.querySelectorAll(all)].filter((one) =>
          !one.disabled && one.checkVisibility() && !(one.type === 'radio' && !one.checked)));
        if (document.activeElement) {
          document.activeElement.blur();
        }
        return window.stops.size;
      }
      """;

  private static final String AT_STOP =
      """
      () => {
      %s
        const one = document.activeElement;
        window.stops.delete(one);
        if (!one || one === document.body) {
          return [];
        }
        const style = getComputedStyle(one);
        const wrong = [];
        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) {
          wrong.push('no outline');
        } else if (ratio(parse(style.outlineColor), bed(one.parentElement)) < 3) {
          wrong.push('a pale outline');
        }
        const box = one.getBoundingClientRect();
        if (box.width < 1 || box.height < 1 || box.bottom <= 0 || box.top >= innerHeight
            || box.right <= 0 || box.left >= innerWidth) {
          wrong.push('out of sight');
        }
        return wrong.map((what) => what + ' at ' + name(one) + (one.name || ''));
      }
      """
          .formatted(COLOURS);

  private static final String NOT_REACHED =
      "() => [...window.stops].map((one) => 'not reached: ' + one.outerHTML.slice(0, 120))";

  private PageChecks() {}

  /** Opens whatever can be folded away. */
  public static void unfold(Page page) {
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))");
  }

  /**
   * Texts below 4.5 to 1 (large ones: 3 to 1), and borders, bars and lines below 3 to 1, against
   * what is behind them. Disabled controls are exempt, as in WCAG.
   */
  public static List<String> tooLowContrast(Page page) {
    return texts(page.evaluate(CONTRAST));
  }

  /** Whether one has to scroll sideways, and what sticks out. */
  public static List<String> tooWide(Page page) {
    return texts(page.evaluate(TOO_WIDE));
  }

  /**
   * Walks through the page with the Tab key. Wrong is a stop without a visible outline or out of
   * sight, and a link or control that is never reached. The page must hold still meanwhile.
   */
  public static List<String> unfitForTheKeyboard(Page page) {
    int stops = ((Number) page.evaluate(STOPS)).intValue();
    List<String> wrong = new ArrayList<>();
    if (stops == 0) {
      wrong.add("nothing can be reached");
    }
    // Some more: boxes that scroll are stops of their own.
    for (int i = 0; i < Math.min(STOPS_MAX, 2 * stops + 5); i++) {
      page.keyboard().press("Tab");
      wrong.addAll(texts(page.evaluate(AT_STOP)));
      if (page.evaluate("window.stops.size").equals(0)) {
        break;
      }
    }
    wrong.addAll(texts(page.evaluate(NOT_REACHED)));
    return wrong.stream().distinct().toList();
  }

  private static List<String> texts(Object found) {
    return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
  }
}
