using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>
/// Where a command speaks: results on standard output, all else on standard error. Colours only where a person looks;
/// control characters of the gateway's texts never reach a screen, and keys that are hidden never reach anything.
/// </summary>
internal sealed class Terminal
{
    /// <summary>Lines are broken by the terminal itself, so that what is copied from it is whole.</summary>
    private const int Unbroken = 100_000;

    private readonly Surroundings _surroundings;
    private readonly bool _color;
    private readonly IAnsiConsole _output;
    private readonly IAnsiConsole _error;
    private readonly List<string> _hidden = [];

    public Terminal(Surroundings surroundings, bool json, bool noColor)
    {
        _surroundings = surroundings;
        Json = json;
        _color = !noColor
            && string.IsNullOrEmpty(surroundings.Settings["NO_COLOR"])
            && surroundings.Settings["TERM"] != "dumb";
        _output = Console(surroundings.Output, _color && surroundings.OutputIsTerminal);
        _error = Console(surroundings.Error, _color && surroundings.ErrorIsTerminal);
    }

    /// <summary>Whether a script reads along: one JSON document on standard output, JSON on standard error.</summary>
    public bool Json { get; }

    public bool OutputIsTerminal => _surroundings.OutputIsTerminal;

    /// <summary>A text that shall not show in what goes to standard error: a key.</summary>
    public void Hide(string? secret)
    {
        if (!string.IsNullOrEmpty(secret))
        {
            _hidden.Add(secret);
        }
    }

    /// <summary>A line of the result.</summary>
    public void Line(string text = "", Style? style = null) => Write(_output, text, style);

    /// <summary>Part of the result, without a line's end; sent at once.</summary>
    public void Piece(string text)
    {
        _surroundings.Output.Write(OutputIsTerminal ? ControlCharacters.RemoveButLines(text) : text);
        _surroundings.Output.Flush();
    }

    /// <summary>The result as it came, ended by a line's end.</summary>
    public void Document(string text)
    {
        string shown = OutputIsTerminal ? ControlCharacters.RemoveButLines(text) : text;
        _surroundings.Output.Write(shown.EndsWith('\n') ? shown : shown + '\n');
        _surroundings.Output.Flush();
    }

    public void Table(Table table)
    {
        if (OutputIsTerminal)
        {
            _output.Profile.Width = _surroundings.Width;
            _output.Write(table.Render(TableBorder.Simple));
            _output.Profile.Width = Unbroken;
        }
        else
        {
            // Columns are filled up with spaces, which only a screen hides at a line's end.
            var text = new StringWriter { NewLine = "\n" };
            Console(text, color: false).Write(table.Render(TableBorder.None));
            foreach (string line in text.ToString().TrimEnd('\n').Split('\n'))
            {
                _surroundings.Output.Write(line.TrimEnd() + '\n');
            }
        }
    }

    /// <summary>What a person may want to know beside the result; scripts are not told.</summary>
    public void Note(string text, Style? style = null)
    {
        if (!Json)
        {
            Write(_error, Masked(text), style);
        }
    }

    public void Warn(string text)
    {
        if (Json)
        {
            Say(new JsonObject { ["warning"] = new JsonObject { ["message"] = Masked(text) } });
        }
        else
        {
            Write(_error, $"warning: {Masked(text)}", Styles.Changed);
        }
    }

    /// <summary>A question; what is typed stands behind it.</summary>
    public void Prompt(string text)
    {
        _surroundings.Error.Write(ControlCharacters.Remove(Masked(text)));
        _surroundings.Error.Flush();
    }

    /// <summary>Ends the line that a question stands on.</summary>
    public void EndLine() => _surroundings.Error.Write('\n');

    public void Fail(CommandFailure failure)
    {
        if (Json)
        {
            Say(failure.Json is { } json ? JsonNode.Parse(json)! : Document(failure));
            return;
        }

        foreach (string place in failure.Places)
        {
            Write(_error, Masked(place), null);
        }

        Write(_error, $"error: {Masked(failure.Message)}", Styles.Removed);
        if (failure.Advice is { } advice)
        {
            Write(_error, advice, null);
        }
    }

    /// <summary>Shows a person how far a long work is; scripts and files are not told.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="steps">In how many steps.</param>
    /// <param name="work">Does it, and reports each step when it is done.</param>
    public async Task<TResult> FollowAsync<TStep, TResult>(
        string what, int steps, Func<IProgress<TStep>?, Task<TResult>> work)
    {
        if (Json || !_surroundings.ErrorIsTerminal)
        {
            return await work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _color ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_surroundings.Error),
        });
        console.Profile.Width = _surroundings.Width;
        return await console.Progress().AutoClear(true).StartAsync(async context =>
        {
            ProgressTask task = context.AddTask(what, maxValue: steps);
            return await work(new Progress<TStep>(_ => task.Increment(1)));
        });
    }

    private static JsonObject Document(CommandFailure failure) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = failure.Advice is null ? failure.Message : $"{failure.Message} {failure.Advice}",
            ["type"] = "command_line_error",
            ["param"] = null,
            ["code"] = failure.Code,
        },
    };

    /// <summary>One line of JSON on standard error.</summary>
    private void Say(JsonNode document)
    {
        JsonElement element = JsonSerializer.SerializeToElement(document, Gateway.CliJsonContext.Default.JsonNode);
        _surroundings.Error.Write(Masked(JsonText.Compact(element)) + '\n');
    }

    private string Masked(string text) =>
        _hidden.Aggregate(text, (masked, secret) => masked.Replace(secret, "[key]", StringComparison.Ordinal));

    private static void Write(IAnsiConsole console, string text, Style? style)
    {
        console.Write(new Text(ControlCharacters.Remove(text), style));
        console.Profile.Out.Writer.Write('\n');
    }

    private static IAnsiConsole Console(TextWriter writer, bool color)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Unbroken;
        return console;
    }
}
