#include "progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace azoth::conformance {
namespace {

std::size_t width_of_terminal(std::FILE* out) {
    winsize size{};
    return ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string indented(std::string_view text) {
    std::string out = "    ";
    for (const char c : text) {
        out += c;
        if (c == '\n') out += "    ";
    }
    return out + "\n";
}

std::string_view colour_of(outcome o) {
    if (is_failure(o)) return "\033[31m";
    return o == outcome::declined ? "\033[33m" : "\033[32m";
}

}  // namespace

screen screen::on(std::FILE* out) {
    const bool is_terminal = ::isatty(::fileno(out)) == 1;
    const char* no_colour = std::getenv("NO_COLOR");
    return {out, is_terminal, is_terminal && (!no_colour || *no_colour == '\0')};
}

std::string case_text(const case_result& result, const std::string& rerun, bool in_colour) {
    std::string head = fmt::format("{}", word_of(result.how));
    if (in_colour) head = fmt::format("{}{}\033[0m", colour_of(result.how), head);
    head += fmt::format(" {} ({:.3f} s)", result.id, result.seconds);
    if (result.how == outcome::declined) return fmt::format("{}: {}\n", head, result.message);
    if (result.how == outcome::pass) return head + "\n";
    return head + "\n" + indented(result.message + "\nrun it again:\n    " + rerun);
}

void progress::tell(const case_result& result) {
    sum_.add(result.how);
    clear();
    if (!screen_.is_terminal || is_failure(result.how))
        fmt::print(screen_.out, "{}", case_text(result, is_failure(result.how) ? rerun_(result) : "", screen_.in_colour));
    draw(result);
    std::fflush(screen_.out);
}

void progress::clear() const {
    if (screen_.is_terminal) fmt::print(screen_.out, "\r\033[K");
}

void progress::draw(const case_result& last) const {
    if (!screen_.is_terminal) return;
    std::string line = fmt::format("[{}/{}] {}", sum_.passed + sum_.failed + sum_.declined, cases_, database_);
    if (sum_.failed > 0) line += fmt::format(", {} failed", sum_.failed);
    line += ", " + last.id;
    fmt::print(screen_.out, "{}", line.substr(0, width_of_terminal(screen_.out) - 1));
}

}  // namespace azoth::conformance
