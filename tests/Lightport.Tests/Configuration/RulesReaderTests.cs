using Lightport.Configuration;
using Lightport.Routing.Rules;

namespace Lightport.Tests.Configuration;

/// <summary>Rules as they are read, and each mistake beside the very sentence that refuses it.</summary>
public sealed class RulesReaderTests
{
    private const string Before = "providers: { openai: {} }\nmodels: { fast: openai/a, \"c-*\": openai/* }\nrules:\n";

    private const string Actions =
        "a rule needs something to do: 'route', 'set', 'tag' or 'deny'.";

    private const string OrSay =
        ", or say what then; write on-error: next (the next rule is asked) or on-error: deny (the request is refused).";

    public static TheoryData<string, string> Mistakes => new()
    {
        { "  - { route: fast }", "4:5: a rule needs 'when', as in when: \"request.model == 'fast'\"." },
        { "  - { when: \"request.stream\" }", $"4:5: {Actions}" },
        { "  - { when: [a], tag: x }", "4:13: rules.when must be text, but here is a list." },
        { "  - { when: request.stream, tag: x, rout: y }", "4:37: unknown key 'rout' in rules; did you mean 'route'?" },
        {
            "  - { when: request.stream, route: slow }",
            "4:36: 'slow' is neither provider/model nor an entry of models; write it as in openai/gpt-4o-mini."
        },
        {
            "  - { when: request.stream, route: \"c-*\" }",
            "4:36: 'c-*' has a star, and so is no one model; name one that it matches."
        },
        {
            "  - { when: request.stream, deny: no, route: fast }",
            "4:35: a rule that denies a request neither routes it nor sets anything in it."
        },
        {
            "  - { when: request.stream, set: { model: x } }",
            "4:36: rules.set cannot set 'model', which is the request's own."
        },
        {
            "  - { when: request.stream, set: { messages.x: 1 } }",
            "4:36: rules.set cannot set 'messages', which is the request's own."
        },
        { "  - { when: request.stream, set: {} }", "4:34: rules.set is empty; name a field, as in { temperature: 0 }." },
        { "  - { when: request.stream, set: { a..b: 1 } }", "4:36: 'a..b' in rules.set has an empty name." },
        {
            "  - { when: request.stream, tag: a b }",
            "4:34: rules.tag must be a word of at most 64 characters, of the letters a to z, digits and . - _ : /."
        },
        { "  - { name: 1st, when: request.stream, tag: x }", "4:13: a rule's name must begin with a letter." },
        {
            "  - { name: a, when: request.stream, tag: x }\n  - { name: a, when: \"!request.stream\", tag: y }",
            "5:5: the rule on line 4 is called 'a' too; give each its own name."
        },
        {
            "  - { name: a, when: request.stream, tag: x, share: 0% }",
            "4:53: rules.share must be more than 0% and at most 100%, as in share: 5%."
        },
        {
            "  - { name: a, when: request.stream, tag: x, share: 101% }",
            "4:53: rules.share must be more than 0% and at most 100%, as in share: 5%."
        },
        {
            "  - { name: a, when: request.stream, tag: x, share: 5 }",
            "4:53: rules.share must be more than 0% and at most 100%, as in share: 5%."
        },
        {
            "  - { when: request.stream, tag: x, share: 5% }",
            "4:44: a rule with a share needs a 'name', by which sessions keep to their side."
        },
        {
            "  - { when: request.stream, tag: x, on-error: allow }",
            "4:47: 'allow' in rules.on-error is not known; the words are next, deny."
        },

        // Conditions that say nothing
        {
            "  - { when: request.model, tag: x }",
            "4:13: a rule's condition must be true or false, but this is string; compare it with something, "
                + "as in metadata.tier == 'gold'."
        },
        { "  - { when: \"1 > 2\", tag: x }", "4:13: this condition is false for every request." },
        {
            "  - { when: \"false && request.stream\", tag: x }", "4:13: this condition is false for every request."
        },
        {
            "  - { when: \"request.operation == 'chats' && request.tokens > 3\", tag: x }",
            "4:13: this condition is false for every request: request.operation is never 'chats'; it is one of chat, "
                + "completion, embeddings, rerank, image, speech, transcription, moderation, token-count, kept-answer, "
                + "compaction."
        },
        {
            "  - { when: \"request.stream && request.dialect == 'openai'\", tag: x }",
            "4:13: this condition is false for every request: request.dialect is never 'openai'; it is one of "
                + "openai-chat, openai-completions, openai-embeddings, openai-responses, anthropic-messages, "
                + "google-gemini, google-interactions."
        },
        {
            "  - { when: \"request.stream && !request.stream\", tag: x }", "4:13: this condition is false for every request."
        },
        {
            "  - { when: \"request.model == 'a' && request.model == 'b'\", tag: x }",
            "4:13: this condition is false for every request."
        },
        {
            "  - { when: \"request.model in ['a', 'b'] && request.model.startsWith('gpt-')\", tag: x }",
            "4:13: this condition is false for every request."
        },
        {
            "  - { when: \"request.dialect == 'openai-chat' && !(request.dialect in ['openai-chat'])\", tag: x }",
            "4:13: this condition is false for every request."
        },
        { "  - { when: \"1 / 0 > 2\", tag: x }", "4:13: this condition is an error for every request." },
        {
            "  - { when: \"true\", tag: x }\n  - { when: request.stream, tag: y }",
            "5:5: no request comes to this rule: the one on line 4 takes them all."
        },
        {
            "  - { when: request.stream, tag: x }\n  - { when: request.stream, deny: no }",
            "5:5: no request comes to this rule: the one on line 4 has the same condition."
        },

        // Reads that may fail, or never find anything
        {
            "  - { when: \"headers['x-team'] == 'red'\", route: fast }",
            "4:13: 'headers['x-team']' is not there in every request: look first, as in 'x-team' in headers" + OrSay
        },
        {
            "  - { when: \"key.tags.tier == '1'\", route: fast }",
            "4:13: 'key.tags.tier' is not there in every request: look first, as in has(key.tags.tier)" + OrSay
        },
        {
            "  - { when: \"has(metadata.a.b) && metadata.a.b == 1\", route: fast }",
            "4:13: 'metadata.a' is not there in every request: look first, as in has(metadata.a)" + OrSay
        },
        {
            "  - { when: \"request.params.temperature > 1\", route: fast }",
            "4:13: 'request.params.temperature' is not there in every request: look first, as in "
                + "has(request.params.temperature)" + OrSay
        },
        {
            "  - { when: \"has(key.tags.tier) && prompt.contains('x')\", route: fast }",
            "4:13: a prompt may be too long to be read, or unreadable, and a rule must say what then; write "
                + "on-error: next (the next rule is asked) or on-error: deny (the request is refused)."
        },
        {
            "  - { when: \"'X-Team' in headers && headers['X-Team'] == 'red'\", route: fast }",
            "4:13: no request has the header 'X-Team': their names are in lower case here, as in headers['x-team']."
        },
        {
            "  - { when: \"has(headers.authorization) && headers.authorization == 'x'\", route: fast }",
            "4:13: the header 'authorization' is not shown to rules, for by its name it carries a key."
        },
        {
            "  - { when: \"health['slow'].in_flight > 5\", route: fast }",
            "4:13: health['slow'] is neither an entry of models nor provider/model."
        },
        {
            "  - { when: \"health['openai/*'].in_flight > 5\", route: fast }",
            "4:13: health['openai/*'] has a star, and so is no one model; name one that it matches."
        },
        {
            "  - { when: \"health['c-*'].open\", route: fast }",
            "4:13: health['c-*'] has a star, and so is no one model; name one that it matches."
        },
        {
            "  - { when: \"headers['x-a'] == 'r' && request.stream && headers['x-a'] in ['b', 'c']\", "
                + "tag: x, on-error: next }",
            "4:13: this condition is true of no request: it wants 'headers['x-a']' to be two things at once."
        },
        {
            "  - { when: \"has(key.tags.tier) && key.tags.tier == '1' && key.tags['tier'] == '2'\", tag: x }",
            "4:13: this condition is true of no request: it wants 'key.tags.tier' to be two things at once."
        },

        {
            "  - { when: \"request.dialect == 'openai' || request.dialect.startsWith('claude')\", tag: x }",
            "4:13: this condition is false for every request."
        },
        {
            "  - { when: \"'picture' in request.modalities\", tag: x }",
            "4:13: this condition is false for every request; request.modalities holds some of text, image, audio, "
                + "video, file."
        },
        {
            "  - { when: \"request.stream && now.getHours('Europe/Nowhere') > 3\", tag: x }",
            "4:45: a time zone is a name such as Europe/Berlin, or an offset such as -02:30."
        },
        {
            "  - { when: \"request.model == 5\", tag: x }",
            "4:28: == cannot compare string with int: write both as one type."
        },

        // Where in the document a condition is wrong
        { "  - when: requst.stream\n    tag: x", "4:11: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: 'request.model == ''a'' && requst'\n    tag: x", "4:38: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: \"request.model == \\\"\\u00e9\\\" && requst\"\n    tag: x", "4:43: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: \"request.model == '😀é' && requst\"\n    tag: x", "4:38: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: |\n      request.stream &&\n        requst\n    tag: x", "6:9: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: >-\n      request.stream &&\n      '😀' == requst\n    tag: x", "6:15: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: request.stream &&\n      requst\n    tag: x", "5:7: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: \"request.stream &&\\n requst\"\n    tag: x", "4:32: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: \"request.stream && \\\n      requst\"\n    tag: x", "5:7: undeclared reference to 'requst'; did you mean 'request'?" },
        { "  - when: &c |\n      requst\n    tag: x", "5:7: undeclared reference to 'requst'; did you mean 'request'?" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Rule_ThatIsWrong_IsRefusedWithItsPlace(string rules, string error)
    {
        ConfigurationResult result = TestConfiguration.Load(Before + rules);

        Assert.Null(result.Configuration);
        Assert.Equal($"lightport.yaml:{error}", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Condition_InLinesThatEndAsWindowsHasThem_IsRefusedWithItsPlace()
    {
        string text = (Before + "  - when: |\n      request.stream &&\n\n      requst\n    tag: x").ReplaceLineEndings("\r\n");

        ConfigurationError error = Assert.Single(TestConfiguration.Load(text).Errors);

        Assert.Equal((7, 7), (error.Line, error.Column));
    }

    [Fact]
    public void Condition_OfAnyLength_IsRefusedAboveItsLimit()
    {
        string condition = string.Join(" || ", Enumerable.Repeat("request.stream", 1_200));

        ConfigurationError error = Assert.Single(
            TestConfiguration.Load($"{Before}  - {{ when: \"{condition}\", tag: x }}").Errors);

        Assert.Contains("16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_AreReadInTheirOrderWithAllThatTheySay()
    {
        RuleList rules = TestConfiguration.LoadValid(Before + """
              - name: big
                when: request.tokens > 1000
                route: c-opus
                set: { temperature: 0, generationConfig.topK: 1 }
                tag: big
                share: 12.5%
                on-error: next
              - { when: "'x-team' in headers && headers['x-team'] == 'red'", route: openai/b }
              - { when: "true", deny: Not today. }
            """).Routing.Rules;

        Assert.Equal(["big", "#2", "#3"], rules.All.Select(rule => rule.Name));
        RouteRule big = rules.All[0];
        Assert.Equal(("openai/c-opus", "big", 0.125), (big.Route!.Targets[0].ToString(), big.Tag, big.Share!.Value.Part));
        Assert.Equal(["temperature", "generationConfig.topK"], big.Set.Select(field => field.Key.Text));
        Assert.Equal(RuleFailure.Next, big.OnError);
        Assert.Equal("openai/b", rules.All[1].Route!.Name);
        Assert.Equal((RuleFailure.Deny, "Not today."), (rules.All[2].OnError, rules.All[2].Deny));
        Assert.False(rules.ReadsMetadata);
    }

    [Theory]
    [InlineData("has(key.tags.tier) && key.tags.tier == '1'")]
    [InlineData("'x-team' in headers && headers['x-team'] in ['red', 'blue']")]
    [InlineData("headers.?host.orValue('') == 'a'")]
    [InlineData("has(metadata.a) && has(metadata.a.b) && metadata.a.b == 1")]
    [InlineData("now.getHours('Europe/Berlin') >= 18")]
    [InlineData("health['c-opus'].open || health['fast'].open && !health['openai/x'].open")]
    [InlineData("headers.?host.orValue('') == 'a' && headers.?host.orValue('') != 'b'")]
    [InlineData("health['fast'].in_flight > 5 || health['openai/x'].failures > 2")]
    [InlineData("request.tools.exists(tool, tool == 'search') && 'image' in request.modalities")]
    [InlineData("has(health['fast'].latency) && health['fast'].latency > duration('2s')")]
    [InlineData("request.dialect == 'openai-chat' && request.operation == 'chat'")]
    public void Condition_ThatLooksFirst_NeedsNoWordOnErrors(string condition) =>
        TestConfiguration.LoadValid($"{Before}  - {{ when: \"{condition}\", route: fast }}");

    [Theory]
    [InlineData("next")]
    [InlineData("deny")]
    public void Condition_ThatReadsThePrompt_IsTakenWithAWordOnErrors(string word) => TestConfiguration.LoadValid(
        $"{Before}  - {{ when: \"prompt.matches('(?i)transaction|account')\", route: fast, on-error: {word} }}");

    [Fact]
    public void Share_LetsRulesBehindItBeReached() => TestConfiguration.LoadValid(
        Before + """
              - { name: canary, when: "true", route: fast, share: 5% }
              - { when: "true", tag: rest }
            """);

    [Fact]
    public void Rules_EmptyOrLeftOut_AreNone()
    {
        Assert.Same(RuleList.None, TestConfiguration.LoadValid("rules: []").Routing.Rules);
        Assert.Same(RuleList.None, TestConfiguration.LoadValid("direct: on").Routing.Rules);
    }
}
