using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// A state machine over the responses that one answer is told in: one where it comes whole, many where it is streamed.
/// Both are read alike, so that they say the same.
/// </summary>
/// <param name="requestId">Tells the answer from others where the provider gives it no id.</param>
/// <param name="losses">Told what no client's dialect has a word for.</param>
internal sealed class GoogleGeminiAnswerReader(string requestId, AnswerLosses losses)
{
    private readonly SortedDictionary<int, GoogleGeminiChoiceDecoder> _choices = [];
    private readonly GoogleGeminiUsageReader _usage = new();
    private string _seed = "";
    private string? _blocked;
    private bool _started;
    private bool _toldUsage;

    /// <summary>Something that is an answer has come.</summary>
    public bool HasAnswer => _choices.Count > 0 || _blocked is not null;

    /// <summary>Every choice that began has named its end.</summary>
    public bool HasFinish => HasAnswer && _choices.Values.All(choice => choice.HasFinish);

    /// <summary>Set where the answer broke off.</summary>
    public GatewayError? Error { get; private set; }

    /// <param name="data">One response.</param>
    /// <exception cref="JsonException">It is no object, or malformed.</exception>
    public void Read(ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        GoogleGeminiChunk chunk = GoogleGeminiChunk.Read(data);
        if (chunk.Error.IsPresent && !chunk.Error.Is(data, 'n'))
        {
            Error = GoogleGeminiErrors.Read(null, data) with { Stage = ErrorStage.Stream };
            return;
        }

        if (chunk.Usage.Is(data, '{'))
        {
            _usage.Take(chunk.Usage.In(data));
        }

        Start(data, chunk, events);
        var candidates = new GoogleGeminiElements(data, chunk.Candidates);
        while (Error is null && candidates.Next(out JsonSlice slice))
        {
            GoogleGeminiCandidate candidate = GoogleGeminiCandidate.Read(data, slice);
            GoogleGeminiChoiceDecoder choice = ChoiceOf(candidate.Index);
            choice.Take(data, candidate, _usage, events);
            Error = choice.Failure;
        }

        if (chunk.PromptFeedback.Is(data, '{'))
        {
            JsonElement feedback = ProviderJson.Parse(chunk.PromptFeedback.In(data));
            _blocked = feedback.TextOf("blockReason") ?? _blocked;
            if (feedback.ItemsOf("safetyRatings").Any())
            {
                losses.Add("safetyRatings");
            }
        }
    }

    /// <summary>The answer is over: ends every choice, and tells what it used.</summary>
    public void End(List<StreamEvent> events)
    {
        TellUsage(events);
        foreach (GoogleGeminiChoiceDecoder choice in _choices.Values)
        {
            choice.End(events);
        }

        if (_choices.Count == 0 && _blocked is not null)
        {
            events.Add(new StreamEvent.ResponseEnd(GoogleGeminiFinishDecoder.Blocked(_blocked)));
        }
    }

    /// <summary>Tells what has been used so far.</summary>
    public void TellUsage(List<StreamEvent> events)
    {
        if (_usage.HasCounts)
        {
            events.Add(new StreamEvent.UsageKnown(_usage.ToUsage()) { ServiceTier = _usage.Tier });
        }
    }

    private void Start(ReadOnlySpan<byte> data, scoped in GoogleGeminiChunk chunk, List<StreamEvent> events)
    {
        if (!_started)
        {
            _started = true;
            string? id = chunk.Id.Text(data);
            _seed = id ?? requestId;
            events.Add(new StreamEvent.ResponseStart(
                id ?? "", chunk.Model.Text(data) ?? "", SecondsOf(chunk.Created.Text(data)))
            {
                ServiceTier = _usage.Tier,
            });
        }

        if (!_toldUsage && _usage.HasCounts)
        {
            // Each chunk counts anew; the first count tells the prompt, the last one all.
            _toldUsage = true;
            TellUsage(events);
        }
    }

    private GoogleGeminiChoiceDecoder ChoiceOf(int index)
    {
        if (!_choices.TryGetValue(index, out GoogleGeminiChoiceDecoder? choice))
        {
            _choices.Add(index, choice = new GoogleGeminiChoiceDecoder(index, _seed, losses));
        }

        return choice;
    }

    private static long SecondsOf(string? time) => DateTimeOffset.TryParse(
        time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset told)
        ? told.ToUnixTimeSeconds()
        : 0;
}
