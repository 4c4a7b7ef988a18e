#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Rows and columns for a terminal: texts to the left, numbers to the right, long texts cut.
class TextTable {
public:
    TextTable(std::string title, std::vector<std::string> headings);

    template <class... Fields>
    void add(const Fields&... fields) {
        rows_.push_back({field(fields)...});
    }
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    void print() const;

private:
    struct Field {
        std::string text;
        bool is_number;
    };
    static Field field(std::string_view text) { return {shortened(text), false}; }
    static Field field(std::integral auto number) { return {fmt::format("{}", number), true}; }
    static Field field(double number) { return {fmt::format("{:.1f}", number), true}; }
    static std::string shortened(std::string_view text);

    std::string title_;
    std::vector<std::string> headings_;
    std::vector<std::vector<Field>> rows_{};
};

inline double mebibytes(std::int64_t kib) { return static_cast<double>(kib) / 1024; }
