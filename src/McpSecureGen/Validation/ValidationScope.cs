namespace McpSecureGen.Validation;

/// <summary>What a rule may ask for beside the value: the services of the request, and a place for a check that has to wait for something.</summary>
public readonly struct ValidationScope
{
    private readonly IDeferral? _deferral;

    internal ValidationScope(IServiceProvider? services, IDeferral? deferral, object? instance = null)
    {
        Services = services;
        _deferral = deferral;
        Instance = instance;
    }

    /// <summary>The services of the request, for validation attributes that ask for them; <see langword="null"/> without a container.</summary>
    public IServiceProvider? Services { get; }

    /// <summary>The object whose member is being checked, for validation attributes that look at its other members; <see langword="null"/> for a parameter.</summary>
    public object? Instance { get; }

    /// <summary>The same scope for the members of an object. A struct is copied: its members are looked at, and replaced in the original.</summary>
    public ValidationScope Within(object? instance) => new(Services, _deferral, instance);

    /// <summary>The call whose arguments are checked; <see langword="null"/> outside of one.</summary>
    internal Invocation.PrimitiveCall? Call => _deferral as Invocation.PrimitiveCall;

    /// <summary>
    /// Puts a check off until all arguments are bound, and before the intent is recorded and the method runs. A rule that cannot defer must refuse.
    /// </summary>
    /// <returns>Whether somebody will run the check.</returns>
    internal bool TryDefer(IDeferredCheck check)
    {
        if (_deferral is null)
        {
            return false;
        }

        _deferral.Defer(check);
        return true;
    }
}

/// <summary>A check that waits for something outside the process, such as the addresses of a host name.</summary>
internal interface IDeferredCheck
{
    /// <summary>What is wrong, or <see langword="null"/>. An exception refuses the value.</summary>
    ValueTask<RuleViolation?> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>Where deferred checks are kept until they run.</summary>
internal interface IDeferral
{
    void Defer(IDeferredCheck check);
}
