namespace Lightport.Prices;

/// <summary>The classes of a price, as every file and every complaint calls them.</summary>
internal static class RateWords
{
    public const string Input = "input";
    public const string CacheRead = "cache-read";
    public const string CacheWrite = "cache-write";
    public const string CacheWriteLong = "cache-write-1h";
    public const string InputAudio = "input-audio";
    public const string Output = "output";
    public const string Reasoning = "reasoning";
    public const string OutputAudio = "output-audio";
    public const string Request = "request";
    public const string Search = "search";

    /// <summary>Dollars for a million tokens; what is above it is a slip of the unit.</summary>
    public const decimal Highest = 10_000;

    public static IReadOnlyList<string> All { get; } =
    [
        Input, CacheRead, CacheWrite, CacheWriteLong, InputAudio, Output, Reasoning, OutputAudio, Request, Search,
    ];

    /// <summary>The rates with one more; null where the word is no class.</summary>
    public static Rates? With(Rates rates, string word, decimal value) => word switch
    {
        Input => rates with { Input = value },
        CacheRead => rates with { CacheRead = value },
        CacheWrite => rates with { CacheWrite = value },
        CacheWriteLong => rates with { CacheWriteLong = value },
        InputAudio => rates with { InputAudio = value },
        Output => rates with { Output = value },
        Reasoning => rates with { Reasoning = value },
        OutputAudio => rates with { OutputAudio = value },
        Request => rates with { Request = value },
        Search => rates with { Search = value },
        _ => null,
    };

    /// <summary>The rate of a class; null where it has none, or the word is no class.</summary>
    public static decimal? Of(Rates rates, string word) => word switch
    {
        Input => rates.Input,
        CacheRead => rates.CacheRead,
        CacheWrite => rates.CacheWrite,
        CacheWriteLong => rates.CacheWriteLong,
        InputAudio => rates.InputAudio,
        Output => rates.Output,
        Reasoning => rates.Reasoning,
        OutputAudio => rates.OutputAudio,
        Request => rates.Request,
        Search => rates.Search,
        _ => null,
    };

    /// <summary>What is wrong with a number as a price; null where nothing is.</summary>
    public static string? Complaint(decimal value) =>
        value < 0 ? "must not be negative"
        : value > Highest ? $"is above {Highest} dollars, which no model costs: prices are for a million tokens"
        : null;
}
