#pragma once

#include "../model.hpp"

// Pieces that several queries are made of: expressions are values, so that functions can return them.

/// What a line item was sold for.
inline auto revenue() { return azoth::col<&LineItem::extended_price> * (1 - azoth::col<&LineItem::discount>); }

/// Quotients and averages have other digits on each database: all are rounded to four, which all of them have.
template <azoth::expression E>
auto rounded(const E& e) {
    return azoth::func::round(e, 4);
}

template <azoth::expression E>
auto year_of(const E& date) {
    return azoth::func::extract(azoth::date_part::year, date);
}

/// Whether a date lies in the time that begins on a day.
template <azoth::expression E, class Duration>
auto within(const E& date, const azoth::date& first, Duration length) {
    return date >= first && date < azoth::bound(first) + length;
}

inline azoth::date day(int year, unsigned month, unsigned day) {
    return azoth::date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}
