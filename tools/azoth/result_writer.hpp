#pragma once

#include <azoth/azoth.hpp>

#include <cstdio>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace azoth::command {

enum class output_format { table, json, csv };

/// Writes rows as people or programs read them, one after another.
class result_writer {
public:
    virtual ~result_writer() = default;
    virtual void begin(const std::vector<std::string>& columns) = 0;
    virtual void row(std::span<const cell> cells) = 0;
    /// Ends the result.
    virtual void end() = 0;
};

struct table_style {
    std::size_t width{};       ///< of the terminal; 0: nothing is cut
    bool lines{};              ///< │ and ─ in place of | and -
    bool colours{};            ///< NULL dimmed, titles bold
    bool expanded{};           ///< a line a value, for rows that are too wide
    std::size_t sample{1000};  ///< how many rows decide how wide the columns are; those behind them are cut to fit
};

std::unique_ptr<result_writer> make_table_writer(std::ostream& to, const table_style& style);
/// An array of objects, a row a line. A column's second appearance gets a number: a JSON object has each key once.
std::unique_ptr<result_writer> make_json_writer(std::ostream& to);
/// RFC 4180, with a line of names; NULL is an empty field, an empty text is "".
std::unique_ptr<result_writer> make_csv_writer(std::ostream& to);

}  // namespace azoth::command
