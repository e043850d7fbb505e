namespace Lightport.Conformance.Cases;

/// <summary>The one table: every pair of dialects is asked each of these, whole and streamed.</summary>
internal static class CaseTable
{
    /// <summary>White space at the edges, quotes, other scripts, and a character of four bytes.</summary>
    private const string Exact = " Lisbon\t«sunny» \"21°\" \\ 日本 👋\n\nand so on ";

    public static IReadOnlyList<Case> All { get; } =
    [
        One("text", "text", new Answer { Text = Exact }),
        new("turns", "system, several turns")
        {
            System = ["You are terse.", "Answer in English."],
            Steps =
            [
                new([new Words("What is the capital of Portugal?")], new Answer { Text = "Lisbon." }),
                new([new Words("And of Spain?")], new Answer { Text = "Madrid." }),
                new([new Words("And of France?"), new Words("Say it loudly.")], new Answer { Text = "PARIS." }),
            ],
        },
        new("tool", "one tool")
        {
            Tools = [Samples.Weather],
            Steps =
            [
                new([new Words("Weather in Lisbon?")], Calls(Samples.Ask(Samples.Weather, "Lisbon"))),
                new([new Result(0, "21 degrees")], new Answer { Text = "It is 21 degrees." }),
            ],
        },
        new("parallel", "parallel tools")
        {
            Tools = [Samples.Weather, Samples.Clock],
            Steps =
            [
                new(
                    [new Words("Weather and time in Lisbon and Porto?")],
                    Calls(
                        Samples.Ask(Samples.Weather, "Lisbon"),
                        Samples.Ask(Samples.Weather, "Porto"),
                        Samples.Ask(Samples.Clock, "Lisbon")) with { Text = "I shall look." }),
                new(
                    [new Result(0, "21 degrees"), new Result(1, "18 degrees"), new Result(2, "noon")],
                    new Answer { Text = "21, 18, noon." }),
            ],
        },
        new("tool-turns", "tools over several turns")
        {
            Tools = [Samples.Weather, Samples.Clock],
            Steps =
            [
                new([new Words("Weather in Lisbon?")], Calls(Samples.Ask(Samples.Weather, "Lisbon"))),
                new([new Result(0, "21 degrees")], Calls(Samples.Ask(Samples.Clock, "Lisbon"))),
                new([new Result(0, "noon")], new Answer { Text = "21 degrees at noon." }),
                new([new Words("And in Porto?")], Calls(Samples.Ask(Samples.Weather, "Porto"))),
                new([new Result(0, "18 degrees")], new Answer { Text = "18 degrees." }),
            ],
        },
        new("result-image", "images in results")
        {
            Tools = [Samples.Weather],
            Steps =
            [
                new([new Words("Show me Lisbon.")], Calls(Samples.Ask(Samples.Weather, "Lisbon"))),
                new([new Result(0, "a photo", Samples.Picture)], new Answer { Text = "One blue pixel." }),
            ],
        },
        new("image", "images")
        {
            Steps = [new([new Words("What is this?"), Samples.Picture], new Answer { Text = "One blue pixel." })],
        },
        new("file", "files")
        {
            Steps = [new([new Words("Sum it up."), Samples.Document], new Answer { Text = "It is empty." })],
        },
        One("schema", "structured output", new Answer { Text = """{"city":"Lisbon","population":567131}""" }) with
        {
            Schema = Samples.Schema,
        },
        new("reasoning", "reasoning over two tool turns")
        {
            Reasons = true,
            Tools = [Samples.Weather, Samples.Clock],
            Steps =
            [
                new(
                    [new Words("Weather and time in Lisbon?")],
                    Calls(Samples.Ask(Samples.Weather, "Lisbon")) with { Reasoning = "The weather comes first." }),
                new(
                    [new Result(0, "21 degrees")],
                    Calls(Samples.Ask(Samples.Clock, "Lisbon")) with { Reasoning = "Now the time." }),
                new(
                    [new Result(0, "noon")],
                    new Answer { Reasoning = "Both are known.", Text = "21 degrees at noon." }),
            ],
        },
        One("citations", "citations", new Answer { Text = "Lisbon is old.", Citations = [Samples.Citation] }),
        One("length", "length stop", new Answer { Text = "Lisbon is", Ending = Ending.Length }) with { Limit = 2000 },
        One("stop", "stop sequence", new Answer
        {
            Text = "One, two, ", Ending = Ending.StopSequence, StopSequence = "three",
        }) with
        {
            Stop = "three",
        },
        One("filter", "content filter", new Answer { Text = "It is", Ending = Ending.ContentFilter }),
        One("refusal", "refusal", new Answer { Text = "I can't help with that.", Ending = Ending.Refusal }),
        One("error-before", "error before", new Answer { Fault = Fault.ErrorBefore }),
        One("error-inside", "error in mid-stream", new Answer { Text = "It was", Fault = Fault.ErrorInside }),
        One("cut", "cut stream", new Answer { Text = "It was a day", Fault = Fault.Cut }),
        One("cancel", "cancel", new Answer { Text = "It was", Fault = Fault.Held }),
    ];

    /// <summary>A session that changes its provider after a turn is done, and back in the middle of a tool's.</summary>
    public static Case Portable { get; } = new("portable", "a session that moves")
    {
        Reasons = true,
        Tools = [Samples.Weather, Samples.Clock],
        Steps =
        [
            new(
                [new Words("Weather in Lisbon?")],
                Calls(Samples.Ask(Samples.Weather, "Lisbon")) with { Reasoning = "The weather is wanted." }),
            new([new Result(0, "21 degrees")], new Answer { Reasoning = "That is all.", Text = "It is 21 degrees." }),
            new(
                [new Words("And the time?")],
                Calls(Samples.Ask(Samples.Clock, "Lisbon")) with { Reasoning = "Now the time." }) { Target = 1 },
            new(
                [new Result(0, "noon")],
                Calls(Samples.Ask(Samples.Weather, "Porto")) with { Reasoning = "Porto too." }),
            new([new Result(0, "18 degrees")], new Answer { Text = "Noon, and 18 degrees in Porto." }) { Target = 1 },
        ],
    };

    private static Case One(string id, string title, Answer answer) =>
        new(id, title) { Steps = [new Step([new Words("Tell me about Lisbon.")], answer)] };

    private static Answer Calls(params Call[] calls) => new() { Calls = calls, Ending = Ending.Calls };
}
