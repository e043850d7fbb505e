using System.Text.Json.Nodes;

namespace Lightport.Conformance.Cases;

/// <summary>One row of the table: a conversation and all that is asked for in it.</summary>
/// <param name="Id">Its name in the matrix.</param>
/// <param name="Title">What is shown to people.</param>
internal sealed record Case(string Id, string Title)
{
    public IReadOnlyList<string> System { get; init; } = [];

    public required IReadOnlyList<Step> Steps { get; init; }

    public IReadOnlyList<Tool> Tools { get; init; } = [];

    /// <summary>The schema that the answer must keep to.</summary>
    public JsonObject? Schema { get; init; }

    public string? Stop { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether the model is to think.</summary>
    public bool Reasons { get; init; }

    public Fault Fault => Steps[0].Answer.Fault;

    public bool HasPicturesInResults => Says.Any(said => said is Result { Picture: not null });

    private IEnumerable<Said> Says => Steps.SelectMany(step => step.Says);
}

/// <summary>One request of a case and its answer.</summary>
/// <param name="Says">What the user or the tools say since the last answer.</param>
/// <param name="Answer">What the provider answers.</param>
internal sealed record Step(IReadOnlyList<Said> Says, Answer Answer)
{
    /// <summary>Which of the conversation's providers is asked; all but a session that moves has one, 0.</summary>
    public int Target { get; init; }
}

/// <summary>A tool that the client offers.</summary>
internal sealed record Tool(string Name, string Description, JsonObject Parameters);
