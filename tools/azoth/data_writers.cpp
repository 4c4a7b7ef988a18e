// JSON and CSV.
#include "result_writer.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace azoth::command {
namespace {

std::string as_json_text(std::string_view text) {
    // What is no UTF-8 becomes U+FFFD: JSON cannot hold it.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Numbers as numbers where JSON's readers take them exactly; decimals as they are written.
std::string as_json(const cell& c) {
    switch (c.tag) {
        case cell_tag::null: return "null";
        case cell_tag::i64: return fmt::format("{}", c.i64);
        case cell_tag::u64: return fmt::format("{}", c.u64);
        case cell_tag::f64: return std::isfinite(c.f64) ? nlohmann::json(c.f64).dump() : as_json_text(display(c));
        case cell_tag::json:
        case cell_tag::array: return std::string{c.chars_view()};
        default: return as_json_text(display(c));
    }
}

class json_writer final : public result_writer {
public:
    explicit json_writer(std::ostream& to) : to_{to} {}
    void begin(const std::vector<std::string>& columns) override {
        keys_.clear();
        for (const auto& name : columns) {
            std::string key = as_json_text(name);
            for (int n = 2; std::ranges::find(keys_, key) != keys_.end(); ++n) key = as_json_text(fmt::format("{}_{}", name, n));
            keys_.push_back(std::move(key));
        }
        is_first_ = true;
        to_ << "[";
    }
    void row(std::span<const cell> cells) override {
        to_ << (std::exchange(is_first_, false) ? "\n{" : ",\n{");
        for (std::size_t i = 0; i < cells.size(); ++i) to_ << (i == 0 ? "" : ", ") << keys_[i] << ": " << as_json(cells[i]);
        to_ << "}";
    }
    void end() override { to_ << "\n]" << std::endl; }

private:
    std::ostream& to_;
    std::vector<std::string> keys_{};
    bool is_first_{true};
};

std::string as_csv(std::string_view text) {
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
    std::string quoted{"\""};
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

class csv_writer final : public result_writer {
public:
    explicit csv_writer(std::ostream& to) : to_{to} {}
    void begin(const std::vector<std::string>& columns) override {
        for (std::size_t i = 0; i < columns.size(); ++i) to_ << (i == 0 ? "" : ",") << as_csv(columns[i]);
        to_ << "\r\n";
    }
    void row(std::span<const cell> cells) override {
        for (std::size_t i = 0; i < cells.size(); ++i)
            to_ << (i == 0 ? "" : ",") << (cells[i].is_null() ? std::string{} : as_csv(display(cells[i])));
        to_ << "\r\n";
    }
    void end() override { to_.flush(); }

private:
    std::ostream& to_;
};

}  // namespace

std::unique_ptr<result_writer> make_json_writer(std::ostream& to) { return std::make_unique<json_writer>(to); }
std::unique_ptr<result_writer> make_csv_writer(std::ostream& to) { return std::make_unique<csv_writer>(to); }

}  // namespace azoth::command
