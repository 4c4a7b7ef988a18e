#include "holders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace azoth::detail {
namespace {

std::string describe(std::chrono::nanoseconds span) {
    using namespace std::chrono;
    const auto whole = duration_cast<milliseconds>(span);
    if (whole < seconds{1}) return fmt::format("{} ms", whole.count());
    return fmt::format("{:.1f} s", duration<double>(span).count());
}

std::string describe_limits(const pool_options& options) {
    if (options.kind == pool_kind::shared) return "it is the one that all share";
    return fmt::format("size {}, overflow {}", options.size, options.overflow);
}

constexpr std::size_t most_named = 10;

}  // namespace

void sort_by_time(std::vector<holding>& holders) {
    std::stable_sort(holders.begin(), holders.end(), [](const auto& a, const auto& b) { return a.held > b.held; });
}

std::string describe(const holding& h) {
    // The thread's number is the one that gdb shows.
    const std::string who = h.holder.empty() ? fmt::format("thread {:#x}", h.thread) : h.holder;
    return fmt::format("connection {}: {}, for {}", h.connection, who, describe(h.held));
}

std::string exhausted_message(const pool_options& options, const shortage& s) {
    std::string text = fmt::format("no connection came free in {}: {} in use", describe(s.waited), s.out);
    if (s.changing > 0) text += fmt::format(", {} being opened or closed", s.changing);
    text += fmt::format(" ({})", describe_limits(options));
    if (s.others_waiting > 0) text += fmt::format(", {} more waiting", s.others_waiting);
    for (std::size_t i = 0; i < s.holders.size() && i < most_named; ++i) text += (i == 0 ? "; " : ", ") + describe(s.holders[i]);
    if (s.holders.size() > most_named) text += fmt::format(" and {} more", s.holders.size() - most_named);
    const auto own = std::find_if(s.holders.begin(), s.holders.end(), [](const auto& h) { return h.thread == pthread_self(); });
    if (own != s.holders.end())
        text += fmt::format(". This very thread took connection {}: let it go before asking for another", own->connection);
    text += ". Let connections go sooner (their end of scope gives them back)";
    text += options.kind == pool_kind::shared ? ", or raise the pool's timeout" : ", or raise the pool's size, overflow or timeout";
    return text;
}

}  // namespace azoth::detail
