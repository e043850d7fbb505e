using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;

namespace Lightport.Conformance.Upstreams;

/// <summary>One conversation as the scripted providers see it; told apart by a mark in its first words.</summary>
internal sealed class UpstreamSession
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _issued = [];
    private readonly Dictionary<string, string[]> _histories = [];
    private readonly List<Heard> _heard = [];
    private TaskCompletionSource _givenUp = New();
    private Answer _answer = new();
    private int _replies;
    private Reply? _reply;

    public UpstreamSession(string mark) => Mark = mark;

    /// <summary>What stands in the conversation's first words.</summary>
    public string Mark { get; }

    /// <summary>The last reply; null before the first.</summary>
    public Reply? Reply => _reply;

    /// <summary>Completes when the request that is held has been given up.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>Completes when a provider holds its answer.</summary>
    public TaskCompletionSource Holding { get; private set; } = New();

    /// <summary>Begins the next request of the conversation.</summary>
    public void Expect(Answer answer)
    {
        lock (_lock)
        {
            _answer = answer;
            _reply = null;
            _heard.Clear();
            _givenUp = New();
            Holding = New();
        }
    }

    /// <summary>What reached the providers since the last <see cref="Expect"/>, the last attempt.</summary>
    public Heard? Last
    {
        get
        {
            lock (_lock)
            {
                return _heard.LastOrDefault();
            }
        }
    }

    public void GiveUp() => _givenUp.TrySetResult();

    /// <summary>Judges a request and makes its reply; a second attempt at the same request gets the same one.</summary>
    public (Heard Heard, Reply Reply) Take(UpstreamScript script, UpstreamRequest request)
    {
        lock (_lock)
        {
            if (!_issued.TryGetValue(script.Maker, out List<string>? issued))
            {
                _issued[script.Maker] = issued = [];
            }

            string[] history = [.. script.History(request.Body)];
            string[] complaints = [.. script.Complaints(request, issued), .. Changed(script, history)];
            var heard = new Heard(script, script.IsStream(request), script.Hear(request.Body), complaints);
            _heard.Add(heard);
            _reply ??= Make(script, issued);
            if (complaints.Length == 0)
            {
                _histories[script.Dialect] = history;
            }

            return (heard, _reply);
        }
    }

    private Reply Make(UpstreamScript script, List<string> issued)
    {
        int number = _replies++;
        bool isSigned = _answer.Reasoning is not null || (script.SignsCalls && _answer.Calls.Count > 0);
        string? state = isSigned ? script.State(_answer, Base64($"{script.Dialect} {Mark} {number}")) : null;
        if (state is not null)
        {
            issued.Add(state);
        }

        string[] ids = [.. _answer.Calls.Select((_, place) => script.CallId((number * 10) + place))];
        return new Reply(_answer, number, ids, state);
    }

    /// <summary>A history is always said the same: what a provider has once read does not change.</summary>
    private IEnumerable<string> Changed(UpstreamScript script, string[] history)
    {
        if (_histories.TryGetValue(script.Dialect, out string[]? before)
            && (history.Length < before.Length || !before.SequenceEqual(history.Take(before.Length))))
        {
            int place = before.Zip(history).TakeWhile(pair => pair.First == pair.Second).Count();
            yield return $"item {place} of the history is not what it was in the request before";
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What a provider made of one request.</summary>
/// <param name="Script">Who heard it.</param>
/// <param name="IsStream">Whether a stream was asked for.</param>
/// <param name="Facts">What was said.</param>
/// <param name="Complaints">Why it is a 400; empty where it is none.</param>
internal sealed record Heard(
    UpstreamScript Script, bool IsStream, IReadOnlyList<Fact> Facts, IReadOnlyList<string> Complaints);
