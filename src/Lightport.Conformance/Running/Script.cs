using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Upstreams;

namespace Lightport.Conformance.Running;

/// <summary>All that has been said in a conversation so far, as each provider must hear it.</summary>
internal sealed class Script(Case asked)
{
    private readonly List<(Fact Fact, string? Maker)> _said = [];

    public void Add(Step step)
    {
        var facts = new FactList();
        foreach (Said said in step.Says)
        {
            Add(said, facts);
        }

        _said.AddRange(facts.Select(fact => (fact, (string?)null)));
    }

    public void Add(Reply reply, string maker)
    {
        var facts = new FactList();
        facts.AddParagraphs(Subjects.Text, reply.Answer.Text);
        foreach (Call call in reply.Answer.Calls)
        {
            facts.AddCall(call.Name, call.Arguments);
        }

        _said.AddRange(facts.Select(fact => (fact, (string?)null)));
        if (reply.State is not null)
        {
            _said.Add((new Fact(Subjects.State, reply.State), maker));
        }
    }

    /// <summary>What a provider must hear; the state of others' thought is none of its business.</summary>
    public IReadOnlyList<Fact> For(string reader)
    {
        var facts = new FactList();
        foreach (string text in asked.System)
        {
            facts.Add(Subjects.System, text);
        }

        foreach (Tool tool in asked.Tools)
        {
            facts.AddTool(tool.Name, tool.Parameters);
        }

        facts.AddSchema(asked.Schema);
        facts.Add(Subjects.Effort, asked.Reasons ? "on" : null);
        facts.Add(Subjects.Stop, asked.Stop);
        facts.Add(Subjects.Limit, asked.Limit?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        facts.AddRange(_said.Where(said => said.Maker is null || said.Maker == reader).Select(said => said.Fact));
        return [.. facts];
    }

    /// <summary>Whose thought a provider cannot be told.</summary>
    public IEnumerable<string> Foreign(string reader) =>
        _said.Select(said => said.Maker).OfType<string>().Where(maker => maker != reader).Distinct();

    private static void Add(Said said, FactList facts)
    {
        switch (said)
        {
            case Words words:
                facts.AddParagraphs(Subjects.Text, words.Text);
                break;
            case Picture picture:
                facts.AddBytes(Subjects.Image, picture.Base64);
                break;
            case Document document:
                facts.AddBytes(Subjects.File, document.Base64);
                break;
            case Result result:
                facts.AddParagraphs(Subjects.Result, result.Text);
                facts.AddBytes(Subjects.Image, result.Picture?.Base64);
                break;
        }
    }
}
