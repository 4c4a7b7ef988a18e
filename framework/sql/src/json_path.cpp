#include <azoth/base/error.hpp>
#include <azoth/sql/nodes/sources.hpp>

#include <fmt/format.h>

#include <charconv>

namespace azoth {
namespace {

class json_path_parser {
public:
    explicit json_path_parser(std::string_view path) : whole_{path}, rest_{path} {}

    std::vector<json_step> run() {
        if (!rest_.starts_with('$')) fail();
        rest_.remove_prefix(1);
        std::vector<json_step> steps;
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '.') steps.emplace_back(key());
            else if (c == '[') steps.emplace_back(index());
            else fail();
        }
        return steps;
    }

private:
    [[noreturn]] void fail() const {
        throw_error(errc::statement,
                    fmt::format("the JSON path {} is none that every database reads: it is made of $, .key, .\"any key\" and [n]", whole_));
    }
    std::string key() {
        const bool quoted = rest_.starts_with('"');
        if (quoted) rest_.remove_prefix(1);
        const auto end = std::min(rest_.find_first_of(quoted ? "\"" : ".[\"'*?@() "), rest_.size());
        std::string found{rest_.substr(0, end)};
        rest_.remove_prefix(end);
        if (quoted && rest_.empty()) fail();
        if (quoted) rest_.remove_prefix(1);
        if (found.empty() || found.find('\\') != std::string::npos) fail();
        return found;
    }
    std::uint32_t index() {
        std::uint32_t n{};
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), n);
        const auto digits = static_cast<std::size_t>(end - rest_.data());
        if (error != std::errc{} || !rest_.substr(digits).starts_with(']')) fail();
        rest_.remove_prefix(digits + 1);
        return n;
    }

    std::string_view whole_;
    std::string_view rest_;
};

}  // namespace

std::vector<json_step> parse_json_path(std::string_view path) { return json_path_parser{path}.run(); }

std::string json_path_text(const std::vector<json_step>& path) {
    std::string text = "$";
    for (const auto& step : path) {
        if (const auto* key = std::get_if<std::string>(&step)) text += fmt::format(".\"{}\"", *key);
        else text += fmt::format("[{}]", std::get<std::uint32_t>(step));
    }
    return text;
}

}  // namespace azoth
