#include "result_writer.hpp"
#include "text_width.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <ostream>

namespace azoth::command {
namespace {

constexpr std::size_t narrowest = 8;  // below this a column is not cut

struct field {
    std::string text{};
    bool is_null{};
    bool is_number{};
};

field field_of(const cell& c) {
    const bool number = c.tag == cell_tag::i64 || c.tag == cell_tag::u64 || c.tag == cell_tag::f64 || c.tag == cell_tag::decimal;
    return {display(c), c.is_null(), number};
}

class table_writer final : public result_writer {
public:
    table_writer(std::ostream& to, const table_style& style) : to_{to}, style_{style} {}

    void begin(const std::vector<std::string>& columns) override {
        names_ = columns;
        is_laid_out_ = false;
        count_ = 0;
        waiting_.clear();
        numbers_.assign(columns.size(), true);
    }
    void row(std::span<const cell> cells) override {
        std::vector<field> fields;
        for (const auto& c : cells) fields.push_back(field_of(c));
        if (is_laid_out_) return write(fields);
        for (std::size_t i = 0; i < fields.size(); ++i) numbers_[i] = numbers_[i] && (fields[i].is_number || fields[i].is_null);
        waiting_.push_back(std::move(fields));
        if (waiting_.size() >= style_.sample) lay_out();
    }
    void end() override {
        if (!is_laid_out_) lay_out();
        to_.flush();
    }

private:
    [[nodiscard]] std::string_view bar() const { return style_.lines ? "│" : "|"; }
    [[nodiscard]] std::string rule(std::size_t width) const {
        std::string text;
        for (std::size_t i = 0; i < width; ++i) text += style_.lines ? "─" : "-";
        return text;
    }

    void lay_out() {
        is_laid_out_ = true;
        widths_.assign(names_.size(), 1);
        for (std::size_t i = 0; i < names_.size(); ++i) widths_[i] = std::max<std::size_t>(1, display_width(names_[i]));
        for (const auto& fields : waiting_)
            for (std::size_t i = 0; i < fields.size(); ++i) widths_[i] = std::max(widths_[i], display_width(fields[i].text));
        expanded_ = style_.expanded || !narrowed();
        if (!expanded_) write_titles();
        for (const auto& fields : waiting_) write(fields);
        waiting_.clear();
    }
    /// Takes from the widest columns until the table fits; false where it cannot. A number that is cut would be another one.
    bool narrowed() {
        if (style_.width == 0 || widths_.empty()) return true;
        const std::size_t frame = 3 * widths_.size() - 1;
        std::size_t total = std::accumulate(widths_.begin(), widths_.end(), frame);
        for (; total > style_.width; --total) {
            std::size_t* widest = nullptr;
            for (std::size_t i = 0; i < widths_.size(); ++i)
                if (!numbers_[i] && (!widest || widths_[i] > *widest)) widest = &widths_[i];
            if (!widest || *widest <= narrowest) return false;
            --*widest;
        }
        return true;
    }
    void write_titles() {
        std::string titles;
        std::string line;
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const std::string name = fitted(names_[i], widths_[i]);
            const std::size_t rest = widths_[i] - display_width(name);
            titles += fmt::format("{}{} {}{}{}{}", i == 0 ? "" : bar(), "", style_.colours ? "\x1b[1m" : "", name,
                                  style_.colours ? "\x1b[0m" : "", i + 1 == names_.size() ? "" : std::string(rest + 1, ' '));
            if (i != 0) line += style_.lines ? "┼" : "+";
            line += rule(widths_[i] + 2);
        }
        to_ << titles << '\n' << line << '\n';
    }
    void write(const std::vector<field>& fields) {
        ++count_;
        expanded_ ? write_expanded(fields) : write_line(fields);
    }
    [[nodiscard]] std::string coloured(const field& f, const std::string& text) const {
        return style_.colours && f.is_null ? "\x1b[2m" + text + "\x1b[0m" : text;
    }
    void write_line(const std::vector<field>& fields) {
        std::string line;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::string text = fitted(fields[i].text, widths_[i]);
            const std::string rest(widths_[i] - std::min(widths_[i], display_width(text)), ' ');
            if (i != 0) line += bar();
            line += ' ';
            if (numbers_[i]) line += rest;
            line += coloured(fields[i], text);
            if (i + 1 != fields.size()) line += (numbers_[i] ? "" : rest) + ' ';
        }
        to_ << line << '\n';
    }
    void write_expanded(const std::vector<field>& fields) {
        std::size_t widest = 0;
        for (const auto& name : names_) widest = std::max(widest, display_width(name));
        to_ << fmt::format("{0}{0} row {1} {2}\n", style_.lines ? "─" : "-", count_, rule(widest > 6 ? widest - 6 : 1));
        for (std::size_t i = 0; i < fields.size(); ++i) {
            std::string before = printable(names_[i]) + std::string(widest - display_width(names_[i]), ' ');
            std::string_view rest = fields[i].text;
            for (bool more = true; more;) {  // each line of the value is one
                const std::size_t end = rest.find('\n');
                more = end != std::string_view::npos;
                to_ << before << ' ' << bar() << ' ' << coloured(fields[i], printable(rest.substr(0, end))) << '\n';
                rest.remove_prefix(more ? end + 1 : 0);
                before.assign(widest, ' ');
            }
        }
    }

    std::ostream& to_;
    table_style style_;
    std::vector<std::string> names_{};
    std::vector<std::vector<field>> waiting_{};
    std::vector<std::size_t> widths_{};
    std::vector<bool> numbers_{};
    std::size_t count_{};
    bool is_laid_out_{};
    bool expanded_{};
};

}  // namespace

std::unique_ptr<result_writer> make_table_writer(std::ostream& to, const table_style& style) {
    return std::make_unique<table_writer>(to, style);
}

}  // namespace azoth::command
