#include "statement_log.hpp"

#include <azoth/base/utf8.hpp>

#include <fmt/format.h>

#include <string_view>

namespace azoth::conformance {
namespace {

/// The beginning of a text that may be megabytes long.
std::string shortened(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string{text};
    return fmt::format("{}… ({} bytes)", utf8_prefix(text, limit), text.size());
}

}  // namespace

void statement_log::add(const execution_event& e) {
    std::string line = shortened(e.sql, 2000);
    if (!e.parameters.empty()) line += "  -- " + shortened(e.parameters, 1000);
    const std::lock_guard lock{guard_};
    lines_.push_back(std::move(line));
    if (lines_.size() <= kept) return;
    lines_.pop_front();
    ++left_out_;
}

std::vector<std::string> statement_log::lines() const {
    const std::lock_guard lock{guard_};
    std::vector<std::string> all;
    if (left_out_ > 0) all.push_back(fmt::format("… {} before", left_out_));
    all.insert(all.end(), lines_.begin(), lines_.end());
    return all;
}

}  // namespace azoth::conformance
