#include "pretty.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace azoth::detail {
namespace {

/// What begins a line; longer ones before those that they begin with.
constexpr std::array<std::string_view, 25> clauses{" FROM ",        " WHERE ",        " GROUP BY ",    " HAVING ",    " ORDER BY ",
                                                   " LIMIT ",       " OFFSET ",       " FETCH FIRST ", " WINDOW ",    " UNION ",
                                                   " UNION ALL ",   " INTERSECT ",    " EXCEPT ",      " JOIN ",      " LEFT JOIN ",
                                                   " RIGHT JOIN ",  " FULL JOIN ",    " CROSS JOIN ",  " VALUES ",    " SET ",
                                                   " ON CONFLICT ", " ON DUPLICATE ", " RETURNING ",   " FOR UPDATE", " USING "};

class line_breaker {
public:
    explicit line_breaker(std::string_view sql) noexcept : rest_{sql} {}

    std::string run() {
        while (!rest_.empty()) step();
        return std::move(text_);
    }

private:
    void step() {
        const char c = rest_.front();
        if (c == '\'' || c == '"' || c == '`') return take(end_of_quote(c));
        if (c == '(') return open();
        if (c == ')') return close();
        if (c == ' ' && breaks()) {
            const auto clause =
                std::find_if(clauses.begin(), clauses.end(), [&](std::string_view word) { return rest_.starts_with(word); });
            if (clause != clauses.end()) {
                line();
                rest_.remove_prefix(1);
                return take(clause->size() - 1 - (clause->back() == ' ' ? 1 : 0));
            }
        }
        take(1);
    }
    void take(std::size_t n) {
        text_ += rest_.substr(0, n);
        rest_.remove_prefix(std::min(n, rest_.size()));
    }
    [[nodiscard]] std::size_t end_of_quote(char quote) const {
        const auto end = rest_.find(quote, 1);
        return end == std::string_view::npos ? rest_.size() : end + 1;
    }
    /// Inside other parentheses than a query's, FROM and the like belong to functions.
    [[nodiscard]] bool breaks() const { return parentheses_.empty() || parentheses_.back(); }
    void open() {
        const std::string_view inside = rest_.substr(1);
        const bool is_query = inside.starts_with("SELECT ") || inside.starts_with("WITH ");
        parentheses_.push_back(is_query);
        take(1);
        if (is_query) line();
    }
    void close() {
        const bool was_query = !parentheses_.empty() && parentheses_.back();
        if (!parentheses_.empty()) parentheses_.pop_back();
        if (was_query) line();
        take(1);
    }
    void line() {
        text_ += '\n';
        text_.append(4 * static_cast<std::size_t>(std::count(parentheses_.begin(), parentheses_.end(), true)), ' ');
    }

    std::string_view rest_;
    std::string text_{};
    std::vector<bool> parentheses_{};  ///< whether each that is open holds a query
};

}  // namespace

std::string with_line_breaks(std::string_view sql) { return line_breaker{sql}.run(); }

}  // namespace azoth::detail
