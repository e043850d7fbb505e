using Lightport.Transport;

namespace Lightport.Tests.Exchanges;

/// <summary>Stands where the network does: answers calls by its script, and keeps what was sent.</summary>
internal sealed class ScriptedUpstream : IUpstream
{
    private readonly Queue<Func<CancellationToken, Task<UpstreamResponse>>> _script = new();
    private readonly Dictionary<string, Queue<Func<CancellationToken, Task<UpstreamResponse>>>> _scripts = [];
    private readonly List<SeenRequest> _seen = [];
    private readonly SemaphoreSlim _calls = new(0);

    public IReadOnlyList<SeenRequest> Seen => _seen;

    public SeenRequest Last => _seen[^1];

    public ScriptedUpstream Answer(UpstreamResponse response) => Answer(_ => Task.FromResult(response));

    public ScriptedUpstream Fail(UpstreamFailure failure) =>
        Answer(_ => throw new UpstreamException(failure, new IOException("no such road")));

    /// <summary>The headers never come.</summary>
    public ScriptedUpstream Hang() => Answer(async token =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        throw new InvalidOperationException("The wait is endless.");
    });

    public ScriptedUpstream Answer(Func<CancellationToken, Task<UpstreamResponse>> step)
    {
        _script.Enqueue(step);
        return this;
    }

    /// <summary>Answers the next call to one provider, whatever comes in between.</summary>
    public ScriptedUpstream AnswerAt(string pool, UpstreamResponse response) =>
        AnswerAt(pool, _ => Task.FromResult(response));

    /// <summary>The headers never come.</summary>
    public ScriptedUpstream HangAt(string pool) => AnswerAt(pool, async token =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        throw new InvalidOperationException("The wait is endless.");
    });

    public ScriptedUpstream ForgetAt(string pool)
    {
        _scripts.Remove(pool);
        return this;
    }

    /// <summary>Ends when the next call has come.</summary>
    public Task CallAsync() => _calls.WaitAsync();

    /// <summary>Starts anew, as if nothing had been sent or scripted.</summary>
    public void Forget()
    {
        _script.Clear();
        _scripts.Clear();
        _seen.Clear();
    }

    public async ValueTask<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        Task<UpstreamResponse> answer = Next(request, cancellationToken)(cancellationToken);
        _calls.Release();
        return await answer;
    }

    private Func<CancellationToken, Task<UpstreamResponse>> Next(
        UpstreamRequest request, CancellationToken cancellationToken)
    {
        lock (_seen)
        {
            _seen.Add(new SeenRequest(request, cancellationToken));
            return _scripts.TryGetValue(request.Pool, out var own) && own.Count > 0 ? own.Dequeue()
                : _script.Count > 0 ? _script.Dequeue()
                : throw new InvalidOperationException($"Call {_seen.Count} was not expected.");
        }
    }

    private ScriptedUpstream AnswerAt(string pool, Func<CancellationToken, Task<UpstreamResponse>> step)
    {
        lock (_seen)
        {
            if (!_scripts.TryGetValue(pool, out var script))
            {
                _scripts.Add(pool, script = new());
            }

            script.Enqueue(step);
        }

        return this;
    }
}
