using System.Diagnostics;
using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class ChatTests : GatewayTests
{
    private const string Door = "POST /v1/chat/completions";

    private const string Hello = """
        : keep-alive

        data: {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

        data: {"id":"1","choices":[{"index":0,"delta":{"content":"Grüß "}}]}

        data: {"id":"1","choices":[{"index":0,"delta":{"content":"Gott"},"finish_reason":"stop"}]}

        data: {"id":"1","choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":2,"total_tokens":1202}}

        data: [DONE]


        """;

    private static FakeAnswer Stream(string body) => new(200, body, "text/event-stream")
    {
        Headers = { ["x-lightport-provider"] = "openai", ["x-lightport-model"] = "gpt-4o" },
    };

    [Fact]
    public async Task Chat_PrintsTheAnswerAndSaysWhoGaveIt()
    {
        Gateway.On(Door, Stream(Hello));

        ToolResult result = (await Tool.RunAsync(
            "chat", "--model", "fast", "--system", "Be brief.", "Good", "day!")).Ended(0);

        Assert.Equal("Grüß Gott\n", result.Output);
        Assert.Equal("openai/gpt-4o · 1,200 tokens in, 2 out\n", result.Error);
        ReceivedCall call = Assert.Single(Gateway.Calls);
        Assert.Equal($"Bearer {ClientKey}", call.Header("authorization"));
        Assert.Equal(
            """
            {"model":"fast","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Good day!"}],
            "stream":true,"stream_options":{"include_usage":true}}
            """.ReplaceLineEndings(""),
            call.Body);
    }

    [Fact]
    public async Task Chat_OfStandardInput_SaysAllOfIt()
    {
        Gateway.On(Door, Stream(Hello));

        (await Tool.RunWithInputAsync("one\ntwo\n", "chat", "-m", "fast", "-")).Ended(0);

        JsonElement body = JsonDocument.Parse(Assert.Single(Gateway.Calls).Body).RootElement;
        Assert.Equal("one\ntwo", body.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Chat_OfNothing_EndsWith2()
    {
        (await Tool.RunAsync("chat", "-m", "fast")).Ended(2);

        Assert.Empty(Gateway.Calls);
    }

    [Fact]
    public async Task Chat_OfAPromptWithAnAtSign_ReadsNoFile()
    {
        Gateway.On(Door, Stream(Hello));

        (await Tool.RunAsync("chat", "-m", "fast", "@nobody")).Ended(0);

        Assert.Contains("\"@nobody\"", Assert.Single(Gateway.Calls).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "hi", "--sytem", "x")]
    [InlineData(0, "--", "--sytem")]
    public async Task Chat_OfAMisspeltOption_SaysItToNobodyUnlessItIsMeant(int exitCode, params string[] words)
    {
        Gateway.On(Door, Stream(Hello));

        (await Tool.RunAsync(["chat", "-m", "fast", .. words])).Ended(exitCode);

        Assert.Equal(exitCode == 0 ? 1 : 0, Gateway.Calls.Count);
    }

    [Fact]
    public async Task Chat_ForScripts_AsksForTheAnswerInOnePiece()
    {
        const string Answer = """{"id":"1","choices":[{"message":{"content":"Hi"}}]}""";
        Gateway.On(Door, Answer);

        ToolResult result = (await Tool.RunAsync("chat", "-m", "fast", "hi", "--json")).Ended(0);

        Assert.Equal(Answer + "\n", result.Output);
        Assert.Equal("", result.Error);
        Assert.DoesNotContain("stream", Assert.Single(Gateway.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_OfAnAnswerThatEndsBeforeItsEnd_PrintsWhatCameAndEndsWith4()
    {
        Gateway.On(Door, Stream("""data: {"choices":[{"delta":{"content":"Half an"}}]}""" + "\n\n"));

        ToolResult result = (await Tool.RunAsync("chat", "-m", "fast", "hi")).Ended(4);

        Assert.Equal("Half an\n", result.Output);
        Assert.Contains("error: The answer broke off", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_OverAConnectionThatBreaks_PrintsWhatCameAndEndsWith4()
    {
        var held = new TaskCompletionSource();
        Gateway.On(Door, Stream("""data: {"choices":[{"delta":{"content":"Half\nan"}}]}""" + "\n\n") with
        {
            Held = held.Task,
            Cut = true,
        });

        using Process process = InProcess().Start("chat", "-m", "fast", "hi");
        Assert.Equal("Half", await process.StandardOutput.ReadLineAsync());
        held.SetResult();
        ToolResult result = await ToolProcess.EndAsync(
            process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

        result.Ended(4);
        Assert.Equal("an\n", result.Output);
        Assert.Contains("broke the connection off", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_OfAnErrorInsideTheAnswer_TellsItAndEndsWith4()
    {
        Gateway.On(Door, Stream("data: " + Contract.Error("The provider fell silent.", "timeout") + "\n\n"));

        ToolResult result = (await Tool.RunAsync("chat", "-m", "fast", "hi")).Ended(4);

        Assert.Equal("", result.Output);
        Assert.Contains("error: The provider fell silent.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithoutAdmission_SaysWhereAKeyComesFrom()
    {
        Gateway.On(Door, new FakeAnswer(401, Contract.Error("No.", "invalid_api_key")));

        ToolResult result = (await Tool.RunAsync("chat", "-m", "fast", "hi")).Ended(3);

        Assert.Contains("Set LIGHTPORT_KEY to a client key", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_CutShortByLength_SaysSo()
    {
        Gateway.On(Door, Stream(Hello.Replace("\"stop\"", "\"length\"", StringComparison.Ordinal)));

        ToolResult result = (await Tool.RunAsync("chat", "-m", "fast", "hi")).Ended(0);

        Assert.Contains("ended by length", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WhileTheAnswerComes_PrintsItAndEndsAtCtrlC()
    {
        var held = new TaskCompletionSource();
        FakeAnswer answer = Stream("""data: {"choices":[{"delta":{"content":"So far\n"}}]}""" + "\n\n");
        Gateway.On(Door, answer with { Held = held.Task });

        using Process process = InProcess().Start("chat", "-m", "fast", "hi");
        Assert.Equal("So far", await process.StandardOutput.ReadLineAsync());
        using Process interrupt = Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
        ToolResult result = await ToolProcess.EndAsync(
            process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

        result.Ended(130);
        Assert.Equal("Cancelled.\n", result.Error);
    }

    [Fact]
    public async Task Chat_WithAPerson_GoesOnWithAllThatWasSaid()
    {
        Gateway.On(Door, Stream(Hello));

        ToolResult result = (await InPlace("Hi\n\nAnd you?\n/exit\nnever\n").RunAsync("chat", "-m", "fast")).Ended(0);

        Assert.Equal("Grüß Gott\nGrüß Gott\n", result.Output);
        Assert.Equal(2, Gateway.Calls.Count);
        JsonElement messages = JsonDocument.Parse(Gateway.Calls[1].Body).RootElement.GetProperty("messages");
        Assert.Equal(
            ["user: Hi", "assistant: Grüß Gott", "user: And you?"],
            messages.EnumerateArray().Select(said => $"{said.GetProperty("role")}: {said.GetProperty("content")}"));
    }

    [Fact]
    public async Task Chat_WithAPersonAfterAFailure_TakesTheTurnBackAndGoesOn()
    {
        Gateway.On(Door, new FakeAnswer(503, Contract.Error("All busy.", "overloaded")), Stream(Hello));

        ToolResult result = (await InPlace("Hi\nAgain\n").RunAsync("chat", "-m", "fast")).Ended(0);

        Assert.Contains("All busy.", result.Error, StringComparison.Ordinal);
        Assert.Equal("Grüß Gott\n", result.Output);
        Assert.DoesNotContain("\"Hi\"", Gateway.Calls[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_OfControlCharacters_KeepsThemFromAPersonsScreenOnly()
    {
        Gateway.On(Door, Stream(Hello.Replace("Gott", "\\u001b]0;owned\\u0007Gott", StringComparison.Ordinal)));

        ToolResult seen = (await InPlace().RunAsync("chat", "-m", "fast", "hi")).Ended(0);
        ToolResult piped = (await Tool.RunAsync("chat", "-m", "fast", "hi")).Ended(0);

        Assert.Equal("Grüß ]0;ownedGott\n", seen.Output);
        Assert.Equal("Grüß \u001b]0;owned\u0007Gott\n", piped.Output);
    }
}
