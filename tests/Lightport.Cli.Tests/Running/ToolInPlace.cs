using System.Text;
using Microsoft.Extensions.Configuration;

namespace Lightport.Cli.Tests.Running;

/// <summary>Runs the tool inside the test's process, with a terminal and a clock as the test has them.</summary>
internal sealed class ToolInPlace
{
    /// <summary>All that is set.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>Whether a person sits there: all three streams are a terminal.</summary>
    public bool Person { get; init; }

    /// <summary>What the person types, line by line.</summary>
    public string Typed { get; init; } = "";

    /// <summary>How many characters stand in a line of the terminal.</summary>
    public int Width { get; init; } = 120;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Task<ToolResult> RunAsync(params string[] arguments) => RunWithInputAsync(Typed, arguments);

    /// <param name="input">All of its standard input.</param>
    public async Task<ToolResult> RunWithInputAsync(string input, params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var surroundings = new Surroundings
        {
            Settings = new ConfigurationBuilder().AddInMemoryCollection(Environment).Build(),
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Lines = new StringReader(input),
            Output = output,
            Error = error,
            InputIsTerminal = Person,
            OutputIsTerminal = Person,
            ErrorIsTerminal = Person,
            Width = Width,
            Clock = Clock,
        };
        int exitCode = await Tool.RunAsync(arguments, surroundings);
        return new ToolResult(exitCode, output.ToString(), error.ToString());
    }
}
