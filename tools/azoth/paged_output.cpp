#include "paged_output.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <sstream>

namespace azoth::command {
namespace {

bool is_program(const std::string& command) {
    std::istringstream words{command};
    std::string name;
    while (words >> name && name.find('=') != std::string::npos) {}  // variables that it gets: LESS=-R less
    return !name.empty() && std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

std::string usual_pager() {
    const char* said = std::getenv("PAGER");
    if (said) return is_program(said) ? said : "";
    return is_program("less") ? "less" : "";
}

paged_output::paged_output(std::ostream& plain, std::string pager, std::size_t height, std::function<void()> started)
    : plain_{plain}, pager_{std::move(pager)}, height_{height}, started_{std::move(started)} {}

void paged_output::finish() noexcept {
    if (!pipe_) {
        plain_ << held_ << std::flush;
        held_.clear();
        return;
    }
    pipe_.reset();
    std::signal(SIGPIPE, SIG_DFL);
}

bool paged_output::start() {
    // As git has it: short texts stay on the screen, colours are shown, long lines are not broken. What the user has set stays.
    setenv("LESS", "FRSX", 0);
    std::signal(SIGPIPE, SIG_IGN);
    started_();
    pipe_.reset(popen(pager_.c_str(), "w"));
    return pipe_ != nullptr;
}

bool paged_output::put(std::string_view text) {
    if (!pipe_) {
        held_ += text;
        lines_ += static_cast<std::size_t>(std::ranges::count(text, '\n'));
        if (lines_ < height_) return true;
        if (!start()) return false;
        text = held_;
    }
    const bool written = std::fwrite(text.data(), 1, text.size(), pipe_.get()) == text.size();
    held_.clear();
    return written && std::fflush(pipe_.get()) == 0;
}

paged_output::int_type paged_output::overflow(int_type c) {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return put({&one, 1}) ? c : traits_type::eof();
}

std::streamsize paged_output::xsputn(const char* text, std::streamsize size) {
    return put({text, static_cast<std::size_t>(size)}) ? size : 0;
}

}  // namespace azoth::command
